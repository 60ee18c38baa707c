"""What workers are given to do in tests; a module of its own, as each worker imports it."""

from __future__ import annotations

import os
import sys
import time


def echo(text):
    return text.encode()


def sleep(seconds):
    time.sleep(seconds)
    return b""


def die(number):
    os.kill(os.getpid(), number)
    time.sleep(60)


def leave(code):
    print("no answer")  # which is not taken for one
    sys.stderr.write("the last words\n")
    sys.stderr.flush()
    os._exit(code)


def hoard(count):
    return bytes([len(bytearray(b"x" * count)) % 7])


def talk(text):
    print(text, flush=True)
    return text.encode()
