"""python -m digitnet."""

from digitnet.cli.app import main

if __name__ == "__main__":
    main()
