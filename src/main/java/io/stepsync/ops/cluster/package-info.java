/**
 * Several machines on one database: Quartz's clustered store in it, and what a node tells of it.
 */
package io.stepsync.ops.cluster;
