package io.millrace.connector.file;

import io.millrace.api.file.Path;
import io.millrace.api.stream.JobID;

/**
 * Where the files of a job lie until they are committed: {@code <output>/.millrace-<job id>/}.
 * Readers pass names that begin with a dot over, and one directory a job makes it one thing to
 * remove.
 */
final class Staging {
    private static final String PREFIX = ".millrace-";

    private Staging() {}

    static Path directory(Path output, JobID job) {
        return new Path(output, PREFIX + job);
    }

    static boolean isStaging(String name) {
        return name.startsWith(PREFIX);
    }
}
