/**
 * The command line: a class for each verb, and what several of them tell. It knows all other
 * packages. The way in is {@link io.stepsync.cli.StepsyncCommand}.
 */
package io.stepsync.cli;
