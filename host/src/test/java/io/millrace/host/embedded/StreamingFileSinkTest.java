package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.OutputFileConfig;
import io.millrace.connector.file.StreamingFileSink;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The older name of the file sink, in programs on the embedded cluster. */
@Timeout(60)
@SuppressWarnings("deprecation")
class StreamingFileSinkTest {
    @TempDir java.nio.file.Path work;

    private void run(StreamingFileSink<String> sink) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.fromData("a", "b", "c").addSink(sink);
        env.execute();
    }

    private List<java.nio.file.Path> files() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void writesFilesThatAreCommitted() throws Exception {
        run(
                StreamingFileSink.forRowFormat(
                                new Path(work.toUri()), new SimpleStringEncoder<String>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withOutputFileConfig(
                                OutputFileConfig.builder().withPartPrefix("words").build())
                        .withBucketCheckInterval(100)
                        .build());

        List<String> lines = new ArrayList<>();
        for (java.nio.file.Path file : files()) {
            assertThat(file.getFileName().toString()).startsWith("words-");
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void isNotCalledItself() {
        StreamingFileSink<String> sink =
                StreamingFileSink.forRowFormat(
                                new Path(work.toUri()), new SimpleStringEncoder<String>())
                        .build();
        assertThatThrownBy(() -> sink.invoke("a", null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("addSink");
    }
}
