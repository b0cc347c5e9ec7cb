"""Tests of digitnet/learning."""
