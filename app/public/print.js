{const b=document.getElementById("print");b.hidden=false;b.onclick=()=>print()}
