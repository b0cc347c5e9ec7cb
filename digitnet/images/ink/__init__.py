"""The ink: separate the writing from everything else on the paper."""
