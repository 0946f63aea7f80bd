package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.savepoint.SampleSavepoints;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisposalTest {
    @TempDir private java.nio.file.Path temporary;

    private java.nio.file.Path one;

    @BeforeEach
    void sample() throws IOException {
        one = temporary.resolve("s/one");
        SampleSavepoints.nativeAt(one, 1000, 0, 5, "x");
        SampleSavepoints.tablesAt(temporary.resolve("s/two"), 2000, 0, 5, "x");
        Files.createDirectories(temporary.resolve("c"));
    }

    private Disposal disposal(String... places) {
        return Disposal.of(
                new Path(one.toString()),
                List.of(places).stream()
                        .map(place -> new Path(temporary.resolve(place).toString()))
                        .toList());
    }

    @Test
    void aSavepointThatNobodyNeedsIsFree() {
        assertThat(disposal("c").isFree()).isTrue();
    }

    @Test
    void aCheckpointOfAnotherJobThatHasFilesOfItIsNamed() throws IOException {
        PruneTest.checkpointThatNeeds(temporary.resolve("c"), one);

        Disposal found = disposal("c");

        assertThat(found.isFree()).isFalse();
        assertThat(found.users()).singleElement().asString().endsWith("/1/5");
        assertThat(disposal().isFree()).as("where nobody looked").isTrue();
    }

    @Test
    void oneBesideItThatCannotBeReadMayNeedIt() throws IOException {
        PruneTest.checkpointThatNeeds(temporary.resolve("s/jobs"), one);
        java.nio.file.Path manifest =
                temporary.resolve("s/jobs/" + "b".repeat(32) + "/1/5/manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length - 1] ^= 1;
        Files.write(manifest, bytes);

        Disposal found = disposal();

        assertThat(found.isFree()).isFalse();
        assertThat(found.unread()).singleElement().asString().endsWith("/1/5");
    }
}
