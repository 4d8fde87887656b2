/**
 * The verb {@code verify}: a table held against its API. It knows {@code main}, and no other verb.
 */
package io.stepsync.cli.verify;
