"use strict";
// Runs `termbank check --format json` over the text and reports what it finds.
// Offsets of termbank are code points; those of textlint are UTF-16 units.
const { spawnSync } = require("node:child_process");
const path = require("node:path");

const MARKUP = { ".md": "markdown", ".html": "html", ".rst": "rst", ".tex": "latex" };

function unitsOf(text) {
    const units = [0];
    for (const character of text) {
        units.push(units[units.length - 1] + character.length);
    }
    return units;
}

function findingsIn(text, file, options) {
    const folder = file ? path.dirname(path.resolve(file)) : process.cwd();
    const markup = MARKUP[path.extname(file || "")] || "plain";
    const args = ["check", "--format", "json", "--markup", markup];
    for (const place of [].concat(options.glossary || [])) {
        args.push("--glossary", path.resolve(place));
    }
    for (const code of [].concat(options.select || [])) {
        args.push("--select", code);
    }
    const run = spawnSync(options.command || "termbank", [...args, "-"], {
        cwd: folder,
        encoding: "utf8",
        input: text,
        maxBuffer: 1 << 28,
    });
    if (run.error) {
        throw new Error(`termbank: ${run.error.message}; pip install termbank`);
    }
    if (run.status > 1) {
        throw new Error(run.stderr.trim());
    }
    return JSON.parse(run.stdout);
}

function reporter(context, options = {}) {
    const { Syntax, RuleError, report, getSource, getFilePath, fixer, locator } = context;
    return {
        [Syntax.Document](node) {
            const text = getSource(node);
            const units = unitsOf(text);
            for (const finding of findingsIn(text, getFilePath(), options)) {
                const range = [units[finding.start], units[finding.end]];
                const details = { padding: locator.range(range) };
                if (finding.fix && finding.fix.safe) {
                    const place = [units[finding.fix.start], units[finding.fix.end]];
                    details.fix = fixer.replaceTextRange(place, finding.fix.text);
                }
                report(node, new RuleError(`${finding.code}: ${finding.message}`, details));
            }
        },
    };
}

module.exports = { linter: reporter, fixer: reporter };
