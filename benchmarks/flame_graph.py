"""Flame graphs: stacks that a profiler saw, folded into a tree and drawn as SVG.

Each frame is a box above the one that called it, as wide as the share of samples in which it was on the
stack. The order of siblings is alphabetical, and a frame's colour depends on its name and kind alone, so
that two graphs can be compared.
"""

import re
import zlib
from html import escape

WIDTH, ROW, LEFT, HEAD, FOOT = 1200, 17, 10, 62, 12
CHARACTER = 6.6  # the width of one in the font below
LEAST_SHARE = 0.003
# Kind: what the legend calls it, hue, saturation.
KINDS = {
    'rq4j': ('rq4j', 32, 88),
    'java': ('other Java', 54, 70),
    'jvm': ('JVM and native code', 100, 34),
    'redis': ('Redis', 8, 72),
    'lua': ('Lua within Redis', 222, 60),
    'kernel': ('kernel', 275, 32),
    'jdk': ('JDK', 100, 34),
    'group': ('threads', 0, 0),
    'phase': ('phases', 0, 0),
}


class Frame:
    """A function in its place within a stack, with the samples in which it was there."""

    def __init__(self, name, kind):
        self.name = name
        self.kind = kind
        self.samples = 0
        self.callees = {}

    def callee(self, name, kind):
        return self.callees.setdefault((name, kind), Frame(name, kind))

    def depth(self, least):
        """How many rows the frame and all above it take, without those of too few samples."""
        shown = [c.depth(least) for c in self.callees.values() if c.samples >= least]
        return 1 + max(shown, default=0)


def fold(stacks):
    """A tree of stacks; each is a list of (name, kind) from the outermost call to the innermost."""
    root = Frame('all', 'group')
    for stack in stacks:
        frame = root
        frame.samples += 1
        for name, kind in stack:
            frame = frame.callee(name, kind)
            frame.samples += 1
    return root


# ---- what perf saw

HEADER = re.compile(r'^(?P<thread>\S.*?)\s+\d+(/\d+)?\s*$')
LINE = re.compile(r'^\s+[0-9a-f]+ (?P<name>.*) \((?P<object>[^()]*(\([^()]*\))?)\)$')
START = re.compile(
    r'start_thread$|thread_native_entry|Thread::call_run|JavaThread::|thread_entry|JavaCalls::|stub$|StubRoutines'
    r'|Interpreter|call_stub|invoke$|ThreadJavaMain|JavaMain|jni_|JVM_Invoke|Reflection::|_start$|__libc_start')
LUA = re.compile(r'^(lua[A-Z]?_|sweeplist|propagatemark|singlestep|traversetable|str_find|tonumber|auxsort)')


def perf_stacks(text, program):
    """The stacks in the output of `perf script -F comm,tid,ip,sym,dso`; program is 'java' or 'redis'."""
    for sample in text.split('\n\n'):
        lines = sample.strip('\n').split('\n')
        header = HEADER.match(lines[0])
        if not header:
            continue
        frames = [LINE.match(line) for line in lines[1:]]
        named = [perf_frame(frame, program) for frame in frames if frame]
        stack = without_start(merge([frame for frame in reversed(named) if frame]))
        yield [thread(header['thread'])] + stack


def perf_frame(line, program):
    """A frame's name and kind; None for one without a symbol, which tells nothing."""
    name, origin = line['name'], line['object']
    if name == '[unknown]':
        return None
    if origin.startswith('[kernel') or origin.endswith('.ko'):
        return name.split('.')[0], 'kernel'
    if '/perf-' in origin:
        return java_frame(name)
    if program == 'redis':
        return name.split('.')[0], 'lua' if LUA.match(name) else 'redis'
    return re.sub(r'\(.*|@@.*|\.isra.*', '', name), 'jvm'


def java_frame(name):
    """A method as the JVM names it, `void a.b.C.d(int)`, without its types; rq4j's without the common package."""
    method = re.sub(r'\(.*', '', name).strip().split(' ')[-1]
    if '.' not in method:
        return method or 'stub', 'jvm'  # interpreter and stubs
    method = re.sub(r'Lambda\$\d+[/+]0x[0-9a-f]+(\.\d+)?', 'Lambda', method)
    own = method.startswith('io.github.rq4j.')
    return re.sub(r'^io\.github\.rq4j\.', '', method), 'rq4j' if own else 'java'


def thread(name):
    """Threads of a pool differ by a number only, or by an id."""
    return re.sub(r'[0-9a-f]{12,}|\d+', 'N', name), 'group'


def without_start(stack):
    """How the JVM starts a thread is the same for all, and says nothing."""
    first = next((i for i, (name, _) in enumerate(stack) if not START.match(name)), 0)
    return stack[first:]


def merge(stack):
    """A run of the same frame, as of the interpreter, is one."""
    return [frame for i, frame in enumerate(stack) if i == 0 or frame != stack[i - 1]]


# ---- what Flight Recorder saw

def recorder_stacks(events):
    """The stacks of execution samples in the output of `jfr print --json`: Java alone."""
    for event in events['recording']['events']:
        values = event['values']
        name = (values['sampledThread'] or {}).get('javaName') or 'no thread'
        frames = [recorder_frame(f['method']) for f in reversed(values['stackTrace']['frames'])]
        yield [thread(name)] + merge(frames)


def recorder_frame(method):
    return java_frame(method['type']['name'].replace('/', '.') + '.' + method['name'])


# ---- drawing

def svg(root, title, note, amount='{:d} samples'.format):
    """The graph as the text of an SVG file; amount tells in words how much a number of samples is."""
    least = max(1, root.samples * LEAST_SHARE)
    height = HEAD + root.depth(least) * ROW + FOOT
    kinds, boxes = set(), []
    draw(root, LEFT, height - FOOT - ROW, (WIDTH - 2 * LEFT) / max(1, root.samples), least, root, amount, boxes, kinds)
    head = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" '
        'font-family="ui-monospace,Menlo,Consolas,monospace" font-size="11">' % (WIDTH, height, WIDTH, height),
        '<style>g:hover rect{stroke:#000}text{pointer-events:none}</style>',
        '<rect width="100%" height="100%" fill="#fff"/>',
        '<text x="%d" y="22" font-size="16" font-weight="bold">%s</text>' % (LEFT, escape(title)),
        '<text x="%d" y="39" fill="#555">%s</text>' % (LEFT, escape(note)),
    ]
    return '\n'.join(head + legend(kinds) + boxes + ['</svg>', ''])


def legend(kinds):
    lines, x = [], LEFT
    for kind, (label, _, _) in KINDS.items():
        if kind in kinds:
            lines.append('<rect x="%d" y="46" width="10" height="10" fill="%s"/>' % (x, colour(kind, label)))
            lines.append('<text x="%d" y="55" fill="#555">%s</text>' % (x + 14, label))
            x += 34 + int(len(label) * CHARACTER)
    return lines


def draw(frame, x, y, scale, least, root, amount, boxes, kinds):
    width = frame.samples * scale
    kinds.add(frame.kind)
    share = 100 * frame.samples / max(1, root.samples)
    boxes.append('<g><title>%s: %.1f %%, %s</title>'
                 '<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s" rx="1"/>%s</g>'
                 % (escape(frame.name), share, amount(frame.samples), x, y, max(0.5, width - 0.5), ROW - 1,
                    colour(frame.kind, frame.name), label(frame.name, x, y, width)))
    for _, callee in sorted(frame.callees.items()):
        if callee.samples >= least:
            draw(callee, x, y - ROW, scale, least, root, amount, boxes, kinds)
        x += callee.samples * scale


def label(name, x, y, width):
    """As much of the name as the box has room for: a method's own name says more than its package."""
    room = int((width - 5) / CHARACTER)
    short = name
    while len(short) > room and '.' in short:
        short = short.split('.', 1)[1]
    if len(short) > room:
        short = short[:room - 1] + '…' if room >= 4 else ''
    return '<text x="%.1f" y="%d">%s</text>' % (x + 3, y + 12, escape(short)) if short else ''


def colour(kind, name):
    """One hue for each kind, a little lighter or darker from name to name."""
    _, hue, saturation = KINDS[kind]
    return 'hsl(%d,%d%%,%d%%)' % (hue, saturation, 66 + zlib.crc32(name.encode()) % 15)
