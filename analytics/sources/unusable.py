"""What is said of files that hold no table, or none that can be opened."""

from __future__ import annotations

from analytics.errors import N_, InputError


def nothing_inside(name: str) -> InputError:
    """The error for a zip without a table."""
    return InputError(
        N_("{file} holds no CSV file and no Excel workbook; put the exports into it as they were downloaded."),
        file=name,
    )


def empty(name: str) -> InputError:
    """The error for a file without content."""
    return InputError(N_("{file} is empty, but an order export was expected; export it again."), file=name)


def damaged(name: str) -> InputError:
    """The error for a file that ends early or contradicts itself."""
    return InputError(
        N_("{file} is damaged or was cut short on its way; download it again and give the whole file."), file=name
    )


def no_table(name: str) -> InputError:
    """The error for a file that is something else than a table."""
    return InputError(
        N_("{file} is neither a CSV file nor an Excel workbook; give the export as it was downloaded."), file=name
    )


def other_spreadsheet(name: str) -> InputError:
    """The error for a table in a format that is not read."""
    return InputError(
        N_("{file} is an .xlsb, .ods or web page and cannot be read as it is; open it in Excel and save it as .xlsx."),
        file=name,
    )
