/**
 * The route files of a directory: which there are, what they define and on which line, and what is
 * wrong with one, in the words of who wrote it. It knows {@code camel}, and not the program that
 * runs them. The ways in are {@link io.stepsync.main.files.RouteFiles} and {@link
 * io.stepsync.main.files.LoadFailure}.
 */
package io.stepsync.main.files;
