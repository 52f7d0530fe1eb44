"""The command line where no file can grow beyond BYTES: `python -m tests.faults.confined BYTES COMMAND...`."""

import resource
import signal
import sys

from web.commands import main

if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    sys.exit(main(sys.argv[2:]))
