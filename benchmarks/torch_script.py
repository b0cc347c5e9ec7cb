"""The least that trains and scores 784-15-10 with PyTorch: python -m benchmarks.torch_script."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch
from torch import nn


def read(path: Path, header: int) -> torch.Tensor:
    return torch.from_numpy(np.fromfile(path, np.uint8)[header:])


def pixels(path: Path) -> torch.Tensor:
    return read(path, 16).reshape(-1, 784).float() / 255


def main() -> None:
    data, epochs = Path(sys.argv[1]), int(sys.argv[2])
    X = pixels(data / "train-images-idx3-ubyte")[:55_000]
    labels = read(data / "train-labels-idx1-ubyte", 8)[:55_000].long()
    y = nn.functional.one_hot(labels, 10).float()
    model = nn.Sequential(nn.Linear(784, 15), nn.Sigmoid(), nn.Linear(15, 10), nn.Sigmoid())
    sgd = torch.optim.SGD(model.parameters(), lr=1.0)
    for _ in range(epochs):
        for picked in torch.randperm(len(X)).split(32):
            sgd.zero_grad()
            ((model(X[picked]) - y[picked]) ** 2).sum(dim=1).mean().backward()
            sgd.step()
    with torch.no_grad():
        answers = model(pixels(data / "t10k-images-idx3-ubyte")).argmax(dim=1)
    print((answers == read(data / "t10k-labels-idx1-ubyte", 8)).float().mean().item())


if __name__ == "__main__":
    main()
