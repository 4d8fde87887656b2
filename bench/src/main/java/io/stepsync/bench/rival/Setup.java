package io.stepsync.bench.rival;

import io.stepsync.bench.database.BenchDatabase;
import java.net.URI;
import java.nio.file.Path;

/**
 * What all rivals share.
 *
 * @param api the URL of the endpoint
 * @param rows the records to copy
 * @param lastId the highest ID of them; the lowest is 1
 * @param step the IDs in a window
 * @param database where the rows go
 * @param directory where a rival may keep files
 */
public record Setup(
    URI api, long rows, long lastId, int step, BenchDatabase database, Path directory) {}
