"""Runs a program and prints seconds, processor seconds and peak memory in KiB of the whole process.

usage: measured.py PROGRAM [ARGUMENT ...]
"""

import os
import subprocess
import sys
import time

start = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
said = child.stderr.read()
_, status, used = os.wait4(child.pid, 0)
seconds = time.perf_counter() - start
if status != 0:
    sys.stderr.buffer.write(said)
    sys.exit(1)
print(f"{seconds:.6f} {used.ru_utime + used.ru_stime:.6f} {used.ru_maxrss}")
