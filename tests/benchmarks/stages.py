"""What a first lookup is made of, one stage after the other in a process of its own: prints the seconds of each."""

import time

STAGES = {
    "`import attrs`": "import attrs",
    "`import json`": "import json",
    "`import importlib_resources`": "import importlib_resources",
    "making the classes": "import smartspec; smartspec.Region",
    "the other modules": "smartspec.load",
    "`importlib_resources.files`": "files = importlib_resources.files('smartspec.datasets').joinpath('piedmont')",
    "`load`, which reads what the dataset says of itself": "s3 = smartspec.load()",
    "the lookup, which reads the poles": "s3.innovation_poles.lookup('MESAP')",
    "(not among these: reading all other files)": "len(s3)",
    "(of these, as JSON)": "for file in files.iterdir(): json.loads(file.read_bytes())",
    "(not among these: `import cattrs`)": "import cattrs",
}

if __name__ == "__main__":
    found = {}
    for name, code in STAGES.items():
        begin = time.perf_counter()
        exec(code)
        found[name] = time.perf_counter() - begin
    print(found)
