"""Train the model that reads a passage for a safeguard: a small transformer, fine-tuned on labelled passages.

    python -m training.opinion_model BASE PASSAGES.jsonl ... [--plain FILE ...] [--epochs N] [--start FILE] -o FILE

BASE is the folder of all-MiniLM-L6-v2 (Apache License 2.0) with its `tokenizer.json`. PASSAGES and the library's own
examples are learnt; `--plain` names documents in which nothing is to be found; passages of the samples that hold
safeguards are learnt too, so that a long document is known. `--start` goes on from weights that this made before. It
writes the weights; `training.opinion_export` makes of them what ships.

The model reads the safeguard's title, each limb's demand followed by a place to answer at, then the passage, a mark
before each line. From each place to answer it tells the status, the kinds of weakness and the lines that it rests on.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from constitution_check.clause_records import Library
from constitution_check.library import load_library
from constitution_check.model import Status
from constitution_check.trained_model import KINDS, LONGEST, STATUSES
from training.opinion_data import Passage, Told, labelled, lines_of, of_samples, plain

WIDTH, POINTING = 384, 128
START, END, ANSWER, LINE = 101, 102, 103, 1  # numbers of pieces of the tokenizer: [CLS], [SEP], [MASK], [unused0]
BATCH = 24
RATE = 1.2e-4  # of learning; what is new on top of the encoder learns eight times as fast
FOREIGN = 0.15  # share of passages shown once more, as passages that say nothing of another theme's safeguard
AMID = 0.18  # how often a passage is put amid lines of an ordinary document, and how often beside a foreign passage
ORDINARY = 0.04  # share of passages of nothing but lines of ordinary documents
ROOM = 150  # pieces of words that a passage may be filled up to
SMOOTH, KINDS_COUNT, LINES_COUNT = 0.05, 4.0, 0.5


class Network(nn.Module):  # type: ignore[misc]
    """The encoder and what is on top of it: status and kinds of each limb, and which lines it rests on."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.enc = AutoModel.from_pretrained(str(base), attn_implementation="eager")
        self.d = nn.Dropout(0.1)
        self.o = nn.Linear(2 * WIDTH, len(STATUSES) + len(KINDS))
        self.a, self.b = nn.Linear(WIDTH, POINTING), nn.Linear(WIDTH, POINTING)

    def forward(self, pieces: Tensor, types: Tensor, there: Tensor, asked: Tensor,
                begins: Tensor) -> tuple[Tensor, Tensor]:
        """Numbers (passages × limbs × statuses and kinds), and numbers (passages × limbs × lines)."""
        hidden = self.enc(input_ids=pieces, token_type_ids=types, attention_mask=there).last_hidden_state.float()
        mask = there[..., None].float()
        mean = (hidden * mask).sum(1) / mask.sum(1)
        limbs, lines = self.d(_at(hidden, asked)), self.d(_at(hidden, begins))
        told = self.o(self.d(torch.cat([_at(hidden, asked), mean[:, None].expand_as(limbs)], -1)))
        return told, self.a(limbs) @ self.b(lines).transpose(1, 2) / math.sqrt(POINTING)


def _at(hidden: Tensor, places: Tensor) -> Tensor:
    return torch.gather(hidden, 1, places[..., None].expand(-1, -1, hidden.shape[-1]))


def tokenizer_of(base: Path) -> Tokenizer:
    """The base's tokenizer, which neither cuts nor pads."""
    made = Tokenizer.from_file(str(base / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


def demands_of(library: Library, tokenizer: Tokenizer) -> dict[str, dict[str, Any]]:
    """For each safeguard its pieces, its limbs and where each is asked, as `trained_model.Demands` has them."""
    made = {}
    for safeguard in library.safeguards:
        pieces, asked = [START, *tokenizer.encode(safeguard.title, add_special_tokens=False).ids], []
        for limb in safeguard.limbs:
            pieces += [*tokenizer.encode(limb.demand, add_special_tokens=False).ids, ANSWER]
            asked.append(len(pieces) - 1)
        made[safeguard.id] = {"pieces": [*pieces, END], "limbs": [limb.id for limb in safeguard.limbs], "asked": asked}
    return made


@dataclass
class Item:
    """One passage in numbers; a limb that is not told has None."""

    pieces: list[int]
    demands: int
    asked: list[int]
    begins: list[int]
    told: list[Told | None]


class Items:
    """Makes items of passages."""

    def __init__(self, library: Library, tokenizer: Tokenizer, rnd: random.Random) -> None:
        self.demands, self.tokenizer, self.rnd = demands_of(library, tokenizer), tokenizer, rnd
        self.theme = {s.id: s.theme for s in library.safeguards}
        self.ordinary: list[list[str]] = []
        self._cut: dict[str, list[int]] = {}

    def epoch(self, passages: Sequence[Passage]) -> list[Item]:
        """Every passage once, some amid other text, and some again under another theme's safeguard."""
        made = [self._amid(one, passages) for one in passages]
        for _ in range(int(len(passages) * ORDINARY) if self.ordinary else 0):
            name = self.rnd.choice(list(self.demands))
            made.append(self.item(name, self._run(ROOM), dict.fromkeys(self.demands[name]["limbs"],
                                                                       Told(Status.ABSENT))))
        for one in self.rnd.sample(list(passages), int(len(passages) * FOREIGN)):
            other = self.rnd.choice(list(self.demands))
            if self.theme[other] != self.theme[one.safeguard]:
                made.append(self.item(other, one.lines, {x: Told(Status.ABSENT) for x in self.demands[other]["limbs"]}))
        return made

    def _amid(self, one: Passage, passages: Sequence[Passage]) -> Item:
        before, after = list[str](), list[str]()
        room = max(0, ROOM - sum(len(self._pieces(line)) + 1 for line in one.lines))
        chance = self.rnd.random()
        if chance < AMID and self.ordinary:
            before, after = (self._run(int(room * self.rnd.random())) for _ in range(2))
        elif chance < 2 * AMID:
            other = self.rnd.choice(passages)
            if self.theme[other.safeguard] != self.theme[one.safeguard]:
                before, after = (other.lines, after) if self.rnd.random() < 0.5 else (before, other.lines)
        moved = {limb: Told(t.status, t.kinds, frozenset(i + len(before) for i in t.lines))
                 for limb, t in one.limbs.items()}
        return self.item(one.safeguard, [*before, *one.lines, *after], moved)

    def item(self, safeguard: str, lines: Sequence[str], told: dict[str, Told]) -> Item:
        """One passage under one safeguard."""
        demands = self.demands[safeguard]
        pieces, begins = list(demands["pieces"]), list[int]()
        for line in lines:
            found = self._pieces(line)
            if begins and len(pieces) + len(found) + 2 > LONGEST:
                break
            begins.append(len(pieces))
            pieces += [LINE, *found[:LONGEST - len(pieces) - 2]]
        return Item([*pieces, END], len(demands["pieces"]), demands["asked"], begins,
                    [told.get(limb) for limb in demands["limbs"]])

    def _run(self, room: int) -> list[str]:
        """Lines of an ordinary document that follow one another, as many as there is room for."""
        lines, made = self.rnd.choice(self.ordinary), list[str]()
        for line in lines[self.rnd.randrange(len(lines)):]:
            room -= len(self._pieces(line)) + 1
            if room < 0:
                break
            made.append(line)
        return made

    def _pieces(self, line: str) -> list[int]:
        if line not in self._cut:
            self._cut[line] = self.tokenizer.encode(line, add_special_tokens=False).ids
        return self._cut[line]


@dataclass
class Batch:
    """Items side by side. inputs: as `Network.forward` takes them; the rest is what is wanted."""

    inputs: tuple[Tensor, ...]
    status: Tensor
    kinds: Tensor
    lines: Tensor
    pointed: Tensor


def batch_of(items: Sequence[Item]) -> Batch:
    """The items filled up to one length."""
    n, limbs, lines = len(items), max(len(i.asked) for i in items), max(len(i.begins) for i in items)
    size = max(len(i.pieces) for i in items)
    pieces, types, there = (torch.zeros(n, size, dtype=torch.long) for _ in range(3))
    asked, begins = torch.zeros(n, limbs, dtype=torch.long), torch.zeros(n, lines, dtype=torch.long)
    status = torch.full((n, limbs), -100)
    kinds = torch.zeros(n, limbs, len(KINDS))
    wanted, pointed = torch.zeros(n, limbs, lines), torch.zeros(n, limbs, lines)
    for row, item in enumerate(items):
        long = len(item.pieces)
        pieces[row, :long], there[row, :long], types[row, item.demands:long] = torch.tensor(item.pieces), 1, 1
        asked[row, :len(item.asked)] = torch.tensor(item.asked)
        begins[row, :len(item.begins)] = torch.tensor(item.begins)
        for k, told in enumerate(item.told):
            if told is None:
                continue
            status[row, k] = STATUSES.index(told.status)
            kinds[row, k] = torch.tensor([float(kind in told.kinds) for kind in KINDS])
            if told.status is not Status.ABSENT:
                pointed[row, k, :len(item.begins)] = 1
                wanted[row, k, :len(item.begins)] = torch.tensor([float(i in told.lines)
                                                                  for i in range(len(item.begins))])
    return Batch((pieces, types, there, asked, begins), status, kinds, wanted, pointed)


def loss_of(network: Network, batch: Batch) -> Tensor:
    """How far the network is from what is wanted."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        told, lines = network(*batch.inputs)
    told, lines, known = told.float(), lines.float(), batch.status >= 0
    split = len(STATUSES)
    status = nn.functional.cross_entropy(told[..., :split][known], batch.status[known], label_smoothing=SMOOTH)
    kinds = nn.functional.binary_cross_entropy_with_logits(told[..., split:][known], batch.kinds[known])
    pointing = nn.functional.binary_cross_entropy_with_logits(lines, batch.lines, reduction="none") * batch.pointed
    return cast(Tensor, status + KINDS_COUNT * kinds + LINES_COUNT * pointing.sum() / batch.pointed.sum().clamp(min=1))


def batches(items: list[Item], rnd: random.Random) -> Iterator[Batch]:
    """The items in batches of like length, in no order."""
    rnd.shuffle(items)
    made = []
    for at in range(0, len(items), BATCH * 20):
        part = sorted(items[at:at + BATCH * 20], key=lambda item: len(item.pieces))
        made += [part[k:k + BATCH] for k in range(0, len(part), BATCH)]
    rnd.shuffle(made)
    return (batch_of(part) for part in made)


def train(network: Network, items: Items, passages: Sequence[Passage], epochs: int, rate: float) -> None:
    """Fit the network to the passages, the rate of learning falling to nothing."""
    network.enc.embeddings.word_embeddings.weight.requires_grad_(False)  # what words mean is known; half the numbers
    top = [p for name, p in network.named_parameters() if not name.startswith("enc.")]
    learning = [p for p in network.enc.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": learning, "lr": rate}, {"params": top, "lr": 8 * rate}],
                                  weight_decay=0.01)
    steps = epochs * math.ceil(len(passages) * (1 + FOREIGN) / BATCH)
    warm = max(1, min(150, steps // 10))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda n: min(1.0, (n + 1) / warm) * max(0.0, 1 - n / steps))
    network.train()
    for epoch in range(epochs):
        losses = []
        for batch in batches(items.epoch(passages), items.rnd):
            loss = loss_of(network, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss))
        print(f"epoch {epoch + 1} of {epochs}: {sum(losses) / len(losses):.3f}", file=sys.stderr)


def main() -> None:
    """Read the command line, train, write the weights."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("base", type=Path)
    asked.add_argument("passages", nargs="*", type=Path)
    asked.add_argument("--plain", nargs="*", type=Path, default=[])
    asked.add_argument("--epochs", type=int, default=5)
    asked.add_argument("--rate", type=float, default=RATE)
    asked.add_argument("--start", type=Path)
    asked.add_argument("-o", type=Path, required=True)
    told = asked.parse_args()
    torch.manual_seed(1)
    library = load_library()
    network = Network(told.base)
    if told.start:
        network.load_state_dict(torch.load(told.start, weights_only=True))
    items = Items(library, tokenizer_of(told.base), random.Random(1))
    items.ordinary = lines_of(told.plain, library)
    passages = [*labelled(told.passages, library), *plain(told.plain, library), *of_samples(library)]
    train(network, items, passages, told.epochs, told.rate)
    torch.save(network.state_dict(), told.o)


if __name__ == "__main__":
    main()
