/**
 * The verbs that ask and write nothing: {@code check}, {@code plan} and {@code preview}. They know
 * {@code main}, and no other verb.
 */
package io.stepsync.cli.dryrun;
