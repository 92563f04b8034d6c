from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Refund:
    number: int
    customer: int
    paid: date


def parse_refund(line: str) -> Refund:
    fields = line.‸
    number, customer, paid = fields
    return Refund(int(number), int(customer), date.fromisoformat(paid))
