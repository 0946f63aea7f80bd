package io.millrace.testutils.connector;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.sink.Sink;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.FileSinkCommittable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FileSinkContractTest extends SinkContract<String, FileSinkCommittable> {
    @TempDir java.nio.file.Path work;

    @Override
    protected Sink<String> sink() {
        return FileSink.forRowFormat(new Path(work.toUri()), new SimpleStringEncoder<String>())
                .build();
    }

    @Override
    protected String record(int number) {
        return "record " + number;
    }

    /** As readers of a directory do, which pass names with a dot over. */
    @Override
    protected List<String> visible() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(work)) {
            for (java.nio.file.Path file : files.filter(Files::isRegularFile).toList()) {
                if (!work.relativize(file).toString().startsWith(".")) {
                    lines.addAll(Files.readAllLines(file));
                }
            }
        }
        return lines;
    }
}
