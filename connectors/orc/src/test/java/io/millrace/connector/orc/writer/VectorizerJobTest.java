package io.millrace.connector.orc.writer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OutputFileConfig;
import io.millrace.connector.orc.OrcReaders;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.orc.CompressionKind;
import org.apache.orc.Reader;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job with a vectorizer of its own, as programs of Flink have. */
@Timeout(60)
class VectorizerJobTest {
    private static final long ROWS = 5_000;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir java.nio.file.Path work;

    /** What is read back. */
    public record Numbered(long id, String text) {}

    /** Writes numbers, and says in each file who has written it. */
    public static class NumberVectorizer extends Vectorizer<Long> {
        private static final long serialVersionUID = 1L;

        public NumberVectorizer() {
            super("struct<id:bigint,text:string>");
        }

        @Override
        public void vectorize(Long element, VectorizedRowBatch batch) {
            int row = batch.size++;
            ((LongColumnVector) batch.cols[0]).vector[row] = element;
            ((BytesColumnVector) batch.cols[1])
                    .setVal(row, ("n" + element).getBytes(StandardCharsets.UTF_8));
            addUserMetadata("by", ByteBuffer.wrap("numbers".getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void eachRecordIsWrittenOnceByAJobWithCheckpoints() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = new Configuration();
        options.setString("execution.checkpointing.interval", "10 ms");
        env.configure(options);
        env.setParallelism(2);
        Properties settings = new Properties();
        settings.setProperty("orc.compress", "ZLIB");
        env.fromSequence(0, ROWS - 1)
                .returns(Types.LONG)
                .sinkTo(
                        FileSink.forBulkFormat(
                                        new Path(work.toUri()),
                                        new OrcBulkWriterFactory<>(
                                                new NumberVectorizer(), settings))
                                .withOutputFileConfig(
                                        OutputFileConfig.builder().withPartSuffix(".orc").build())
                                .build());

        env.execute();

        List<Numbered> read = new ArrayList<>();
        try (Stream<java.nio.file.Path> files = Files.walk(work)) {
            for (java.nio.file.Path file :
                    files.filter(each -> each.toString().endsWith(".orc")).toList()) {
                read.addAll(Written.read(OrcReaders.forClass(Numbered.class), file));
                try (Reader reader = Written.open(file)) {
                    assertThat(reader.getCompressionKind()).isEqualTo(CompressionKind.ZLIB);
                    assertThat(reader.getMetadataValue("by"))
                            .isEqualTo(ByteBuffer.wrap("numbers".getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        read.sort(Comparator.comparingLong(Numbered::id));
        assertThat(read.size()).isEqualTo((int) ROWS);
        for (int row = 0; row < ROWS; row++) {
            assertThat(read.get(row)).isEqualTo(new Numbered(row, "n" + row));
        }
    }
}
