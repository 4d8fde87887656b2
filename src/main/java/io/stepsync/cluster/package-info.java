/**
 * Several machines on one database: Quartz's store in it, and what a node tells of it. It knows
 * {@code camel} and what is below. The way in is {@link io.stepsync.cluster.Node}.
 */
package io.stepsync.cluster;
