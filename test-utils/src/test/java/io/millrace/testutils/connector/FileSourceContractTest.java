package io.millrace.testutils.connector;

import io.millrace.api.file.Path;
import io.millrace.api.source.Source;
import io.millrace.connector.file.FileSource;
import io.millrace.connector.file.FileSourceSplit;
import io.millrace.connector.file.PendingSplitsCheckpoint;
import io.millrace.connector.file.TextLineInputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileSourceContractTest
        extends SourceContract<String, FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> {
    @TempDir java.nio.file.Path work;

    private final List<String> lines =
            IntStream.range(0, 24).mapToObj(line -> "line " + line).toList();

    @BeforeEach
    void write() throws IOException {
        Files.write(work.resolve("a"), lines.subList(0, 10));
        Files.write(work.resolve("b"), lines.subList(10, 11));
        Files.write(work.resolve("c"), lines.subList(11, 24));
        Files.createFile(work.resolve("empty"));
    }

    @Override
    protected Source<String, FileSourceSplit, PendingSplitsCheckpoint<FileSourceSplit>> source() {
        return FileSource.forRecordStreamFormat(new TextLineInputFormat(), new Path(work.toUri()))
                .build();
    }

    @Override
    protected List<String> expected() {
        return lines;
    }
}
