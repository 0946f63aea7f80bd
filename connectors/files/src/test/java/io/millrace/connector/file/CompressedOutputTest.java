package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.file.FileSystem;
import io.millrace.api.file.Path;
import io.millrace.api.serialization.BulkWriter;
import io.millrace.connector.file.compress.CompressWriters;
import io.millrace.connector.file.compress.DefaultExtractor;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressedOutputTest {
    @TempDir java.nio.file.Path work;

    @ParameterizedTest
    @CsvSource({
        "Gzip, part.gz",
        "org.apache.hadoop.io.compress.GzipCodec, part.gz",
        "Deflate, part.deflate",
        "DefaultCodec, part.deflate",
        "xz, part.xz"
    })
    void whatIsWrittenIsReadByTheNameOfTheFile(String codec, String name) throws Exception {
        Path path = new Path(work.resolve(name).toUri());
        List<String> lines = IntStream.range(0, 50_000).mapToObj(i -> "line " + i).toList();
        try (FSDataOutputStream file =
                path.getFileSystem().create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
            BulkWriter<String> writer =
                    CompressWriters.forExtractor(new DefaultExtractor<String>())
                            .withHadoopCompression(codec)
                            .create(file);
            for (String line : lines) {
                writer.addElement(line);
            }
            writer.flush();
            writer.finish();
            assertThat(file.getPos()).isBetween(1L, 300_000L); // it is still open
        }
        try (InputStream in =
                        StandardDeCompressors.getDecompressorForFileName(name)
                                .create(path.getFileSystem().open(path));
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            assertThat(reader.lines()).isEqualTo(lines);
        }
    }

    @Test
    void anotherCodecIsRefusedByName() {
        assertThatThrownBy(
                        () ->
                                CompressWriters.forExtractor(new DefaultExtractor<String>())
                                        .withHadoopCompression("Snappy"))
                .hasMessageContaining("Snappy")
                .hasMessageContaining("Gzip");
    }
}
