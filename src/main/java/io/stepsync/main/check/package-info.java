/**
 * What Camel would refuse of an integrator's routes when they start, or when the first record
 * comes, with file and line. It asks Camel's own catalog and has Camel build each step; nothing is
 * started or opened. It knows {@code camel}, and not the program that runs the routes. The way in
 * is {@link io.stepsync.main.check.RouteCheck}.
 */
package io.stepsync.main.check;
