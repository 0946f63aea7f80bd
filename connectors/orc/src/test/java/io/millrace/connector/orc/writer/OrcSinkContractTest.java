package io.millrace.connector.orc.writer;

import io.millrace.api.file.Path;
import io.millrace.api.sink.Sink;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSinkCommittable;
import io.millrace.connector.orc.OrcReaders;
import io.millrace.testutils.connector.SinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class OrcSinkContractTest extends SinkContract<OrcSinkContractTest.Line, FileSinkCommittable> {
    @TempDir java.nio.file.Path work;

    /** A record. */
    public record Line(int number, String text) {}

    @Override
    protected Sink<Line> sink() {
        return FileSink.forBulkFormat(new Path(work.toUri()), OrcWriters.forClass(Line.class))
                .build();
    }

    @Override
    protected Line record(int number) {
        return new Line(number, "record " + number);
    }

    /** As readers of a directory do, which pass names with a dot over. */
    @Override
    protected List<Line> visible() throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(work)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                if (!work.relativize(file).toString().startsWith(".")) {
                    lines.addAll(Written.read(OrcReaders.forClass(Line.class), file));
                }
            }
        }
        return lines;
    }
}
