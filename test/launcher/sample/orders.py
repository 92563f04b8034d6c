from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Order:
    number: int
    customer: int
    placed: date


def parse_order(line: str) -> Order:
    fields = line.rstrip("\n").split(";")
    if len(fields) != 3:
        raise ValueError(f"expected 3 fields, found {len(fields)}: {line!r}")
    number, customer, placed = fields
    return Order(int(number), int(customer), date.fromisoformat(placed))


def read_orders(path: Path) -> list[Order]:
    orders = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                orders.append(parse_order(line))
    return orders


def find_order(orders: list[Order], number: int) -> Order:
    for order in orders:
        if order.number == number:
            return order
    raise KeyError(f"there is no order {number}")
