package io.millrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Compat compat = new Compat(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @TempDir private Path directory;

    @Test
    void portsInPlaceAndSaysHowMuchItDid() throws IOException {
        Path file = directory.resolve("A.java");
        Files.writeString(file, "import org.apache.flink.api.java.tuple.Tuple2;\n");

        int code = compat.run(List.of("port", directory.toString()));

        assertThat(code).isZero();
        assertThat(file).hasContent("import io.millrace.api.tuple.Tuple2;\n");
        assertThat(output()).isEqualTo("1 of 1 Java files changed; 0 names have no counterpart.\n");
    }

    @Test
    void endsWithOneWhereNamesAreLeft() throws IOException {
        Files.writeString(directory.resolve("A.java"), "import org.apache.flink.unheard.Of;\n");

        assertThat(compat.run(List.of("port", directory.toString()))).isEqualTo(1);
        assertThat(output()).contains("A.java:1: org.apache.flink.unheard.Of");
    }

    @Test
    void printsEachAreaWithItsShareAndWhatIsMissing() throws IOException {
        assertThat(compat.run(List.of("check", "3"))).isZero();
        assertThat(output().lines())
                .filteredOn(line -> line.contains(" %  "))
                .hasSize(io.millrace.compat.members.MemberList.AREAS.size());
        assertThat(output().lines().dropWhile(line -> !line.startsWith("Missing, most used")))
                .filteredOn(line -> line.startsWith("  "))
                .hasSize(3);
    }

    @Test
    void printsTheFloorAsItsFileHasIt() throws IOException {
        assertThat(compat.run(List.of("floor"))).isZero();
        assertThat(output().lines()).allMatch(line -> line.matches("[a-z-]+=\\d+"));
    }

    @Test
    void proposesRulesAsTheMappingHasThem() throws IOException {
        assertThat(compat.run(List.of("propose"))).isZero();
        assertThat(output().lines())
                .allMatch(line -> line.matches("org\\.apache\\.flink\\S+ = io\\.millrace\\S+"));
    }

    @Test
    void explainsItselfWhenItDoesNotUnderstand() throws IOException {
        assertThat(compat.run(List.of("fly"))).isEqualTo(2);
        assertThat(output()).startsWith("usage:");
    }

    private String output() {
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }
}
