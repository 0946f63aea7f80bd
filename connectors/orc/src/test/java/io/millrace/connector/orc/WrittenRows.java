package io.millrace.connector.orc;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.orc.writer.OrcWriters;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;

/** Writes a file; loaded anew by the test that hides Hadoop's classes. */
public final class WrittenRows {
    private WrittenRows() {}

    /** A record. */
    public record Trip(long id, String city, BigDecimal price, LocalDateTime at) {}

    public static void to(String file, long rows) throws IOException {
        Path path = new Path(new java.io.File(file).toURI());
        try (FSDataOutputStream out =
                path.getFileSystem().create(path, FileSystem.WriteMode.OVERWRITE)) {
            BulkWriter<Trip> writer = OrcWriters.forClass(Trip.class).create(out);
            for (long row = 0; row < rows; row++) {
                writer.addElement(
                        new Trip(row, "city", BigDecimal.ONE, LocalDateTime.of(2026, 1, 1, 0, 0)));
            }
            writer.finish();
        }
    }
}
