from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Shipment:
    number: int
    order: int
    sent: date


def parse_shipment(line: str) -> Shipment:
    fields = line.‸
    number, order, sent = fields
    return Shipment(int(number), int(order), date.fromisoformat(sent))


def read_shipments(path: Path) -> list[Shipment]:
    shipments = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            shipments.append(parse_shipment(line))
    return shipments
