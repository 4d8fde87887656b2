/**
 * What the verbs have in common at the terminal: the options that several have, and what they write
 * with: tables, bars, colours, times and JSON. It knows nothing of verbs.
 */
package io.stepsync.cli.terminal;
