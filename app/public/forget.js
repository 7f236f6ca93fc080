try{sessionStorage.removeItem("icteko-unsent")}catch{}
