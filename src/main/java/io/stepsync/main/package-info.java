/**
 * stepsync as a program of its own: a Camel Main in the directory that it was started in, its
 * database, its route files and their edits while it runs. It knows all but {@code cli}. The way in
 * is {@link io.stepsync.main.Standalone}.
 */
package io.stepsync.main;
