(()=>{const s=document.getElementById("save-state");document.getElementById("answers").addEventListener("input",()=>{s.textContent=s.dataset.unsaved},{once:true})})()
