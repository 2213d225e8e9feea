"""Make of trained weights what ships: the network in ONNX, its numbers in 8 bits, with tokenizer and demands.

    python -m training.opinion_export BASE WEIGHTS [-o FOLDER]

BASE as for `training.opinion_model`, WEIGHTS what it wrote. Numbers of 8 bits make the file a quarter of the size and
the reading twice as fast; seven of the bits are used, because older processors overflow with eight.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from constitution_check import trained_model
from constitution_check.library import load_library
from constitution_check.trained_model import STATUSES
from training.opinion_model import Network, demands_of, tokenizer_of


class Shipped(nn.Module):  # type: ignore[misc]
    """The network for one passage at a time, nothing filled up."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, types: Tensor, asked: Tensor, begins: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Statuses, kinds, lines."""
        told, lines = self.network(pieces, types, torch.ones_like(pieces), asked, begins)
        return told[..., :len(STATUSES)], told[..., len(STATUSES):], lines


def export(network: Network, path: Path) -> None:
    """Write the network as ONNX, its numbers as 8 bits."""
    pieces = torch.randint(200, 20_000, (1, 90))
    given = (pieces, torch.zeros_like(pieces), torch.tensor([[10, 20]]), torch.tensor([[40, 60, 70]]))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(Shipped(network).eval(), given, str(whole), opset_version=17, dynamo=False,
                          input_names=["pieces", "types", "asked", "begins"],
                          output_names=["statuses", "kinds", "lines"],
                          dynamic_axes={"pieces": {1: "n"}, "types": {1: "n"}, "asked": {1: "l"}, "begins": {1: "m"}})
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
                         op_types_to_quantize=["MatMul", "Gemm", "Gather"])


def main() -> None:
    """Read the command line and write the folder."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("base", type=Path)
    asked.add_argument("weights", type=Path)
    asked.add_argument("-o", type=Path, default=Path(trained_model.__file__).parent / trained_model.FOLDER)
    told = asked.parse_args()
    network = Network(told.base)
    network.load_state_dict(torch.load(told.weights, weights_only=True))
    told.o.mkdir(parents=True, exist_ok=True)
    export(network, told.o / "model.onnx")
    shutil.copyfile(told.base / "tokenizer.json", told.o / "tokenizer.json")
    demands = demands_of(load_library(examples=False), tokenizer_of(told.base))
    (told.o / "demands.json").write_text(json.dumps(demands, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
