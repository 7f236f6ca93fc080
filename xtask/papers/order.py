"""Whether a tagged PDF is painted in the order in which it is read aloud.

usage: order.py FILE.pdf ...

Walks the tags depth first, children in the order of their parent's list, and compares with the
marked sequences of each page. (outloud's ORD-001 takes an element's own sequences before those of
its children, and so finds faults in every line with a link.)
"""

import sys

import pikepdf


def read_order(pdf):
    order = {}

    def walk(node, page):
        if isinstance(node, pikepdf.Array):
            for kid in node:
                walk(kid, page)
        elif isinstance(node, pikepdf.Dictionary):
            kind = node.get("/Type")
            here = node.get("/Pg", page)
            if kind == "/MCR":
                order.setdefault(here.objgen, []).append(int(node["/MCID"]))
            elif kind != "/OBJR" and "/K" in node:
                walk(node["/K"], here)
        else:
            order.setdefault(page.objgen, []).append(int(node))

    walk(pdf.Root.StructTreeRoot.K, None)
    return order


def painted(page):
    return [
        int(operands[1]["/MCID"])
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC"
        and len(operands) > 1
        and isinstance(operands[1], pikepdf.Dictionary)
        and "/MCID" in operands[1]
    ]


def faults(pdf):
    order = read_order(pdf)
    return [
        number
        for number, page in enumerate(pdf.pages, 1)
        if order.get(page.objgen, []) != painted(page)
    ]


def main(files):
    wrong = False
    for name in files:
        with pikepdf.open(name) as pdf:
            pages = faults(pdf)
            if not any(painted(page) for page in pdf.pages):
                print(f"{name}: nothing is tagged")
                wrong = True
        if pages:
            print(f"{name}: painted in another order than read on pages {pages}")
            wrong = True
    sys.exit(wrong)


main(sys.argv[1:])
