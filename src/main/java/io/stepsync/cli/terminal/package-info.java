/** What the verbs write with: tables, bars, colours, times and JSON. It knows nothing of verbs. */
package io.stepsync.cli.terminal;
