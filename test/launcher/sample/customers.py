from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Customer:
    number: int
    name: str
    country: str


def parse_customer(line: str) -> Customer:
    fields = line.rstrip("\n").split(";")
    if len(fields) != 3:
        raise ValueError(f"expected 3 fields, found {len(fields)}: {line!r}")
    number, name, country = fields
    return Customer(int(number), name.strip(), country.upper())


def read_customers(path: Path) -> list[Customer]:
    customers = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                customers.append(parse_customer(line))
    return customers


def find_customer(customers: list[Customer], number: int) -> Customer:
    for customer in customers:
        if customer.number == number:
            return customer
    raise KeyError(f"there is no customer {number}")
