/** Server-sent events of a response to any method; the browser's EventSource can only GET. */

/** Yields {name, data} of each event, data parsed as JSON. */
export async function* eventsOf(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
        const { value, done } = await reader.read();
        if (done) {
            return;
        }
        const blocks = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
        rest = blocks.pop();
        yield* blocks.map(parse).filter(event => event !== null);
    }
}

/** The event of a block of lines, null for a comment that only keeps the connection alive. */
function parse(block) {
    let name = "message";
    const data = [];
    for (const line of block.split("\n")) {
        if (line.startsWith("event:")) {
            name = line.slice(6).trim();
        } else if (line.startsWith("data:")) {
            data.push(line.slice(5).trimStart());
        }
    }
    return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}
