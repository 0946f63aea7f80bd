package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.FileSystem;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputPlacesTest {
    private static final long MB = 1 << 20;

    private final SpreadFiles files = new SpreadFiles();
    private final FakeEnumeration host = new FakeEnumeration();

    @BeforeEach
    void install() {
        FileSystem.install(List.of(files), URI.create("file:///"));
    }

    @AfterEach
    void takeBack() {
        FileSystem.install(List.of(), URI.create("file:///"));
    }

    private FileSource<String> source() {
        return FileSource.forRecordStreamFormat(new TextLineInputFormat(), files.root()).build();
    }

    private static String[] on(String... hosts) {
        return hosts;
    }

    @Test
    void aSourceTellsHowManyBytesEachHostHas() throws Exception {
        files.file("a", 10, on("h1", "h2"), on("h2"));
        files.file("b", 5, on("h3"));
        files.file("_SUCCESS", 1000, on("h9"));
        assertThat(source().bytesByHost()).isEqualTo(Map.of("h1", 10L, "h2", 20L, "h3", 5L));
    }

    @Test
    void onlyTheLargestOfManyFilesAreLookedAt() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            files.file("f" + i, 1 + i, on("h" + i % 5));
        }
        assertThat(source().bytesByHost()).hasSize(5);
        assertThat(files.looks).isEqualTo(64);
    }

    @Test
    void filesOfThisMachineLieNowhereInParticular(@TempDir Path work) throws Exception {
        assertThat(
                        FileSource.forRecordStreamFormat(
                                        new TextLineInputFormat(),
                                        new io.millrace.api.file.Path(work.toUri()))
                                .build()
                                .bytesByHost())
                .isEmpty();
    }

    @Test
    void aSplitIsWhereTheMostOfItsBytesAre() throws Exception {
        files.file("a", 3 * MB, on("h1"), on("h2"), on("h3"), on("h4"));
        List<FileSourceSplit> splits =
                new FileListing(4 * MB, true)
                        .enumerateSplits(new io.millrace.api.file.Path[] {files.root()}, 1);
        assertThat(splits)
                .extracting(split -> String.join(",", split.hostnames()))
                .containsExactly("h1", "h2", "h4");
    }

    @Test
    void readersOfManyHostsReadTheirOwnAndItIsCounted() throws Exception {
        for (int i = 0; i < 40; i++) {
            files.file("f" + i, 8 * MB, on("h" + i % 4 + ".example.org"));
        }
        var enumerator = source().createEnumerator(host);
        enumerator.start();
        int requests = 0;
        while (host.ended.size() < 4) {
            enumerator.handleSplitRequest(requests % 4, "h" + requests % 4);
            requests++;
        }
        enumerator.close();
        for (int reader = 0; reader < 4; reader++) {
            String own = "h" + reader;
            assertThat(host.assigned.get(reader))
                    .isNotEmpty()
                    .allSatisfy(split -> assertThat(split.isOn(own)).isTrue());
        }
        assertThat(host.metrics.counters.get("localSplits").getCount()).isEqualTo(40);
        assertThat(host.metrics.counters.get("remoteSplits").getCount()).isZero();
    }

    @Test
    void aReaderElsewhereIsNotStarvedAndWhatItReadsIsCounted() throws Exception {
        for (int i = 0; i < 10; i++) {
            files.file("f" + i, 8 * MB, on("h1"));
        }
        var enumerator = source().createEnumerator(host);
        while (host.ended.isEmpty()) {
            enumerator.handleSplitRequest(0, "h9");
        }
        assertThat(host.assigned.get(0)).hasSize(10);
        assertThat(host.metrics.counters.get("remoteSplits").getCount()).isEqualTo(10);
    }

    @Test
    void smallFilesOfOtherHostsAreNotTakenAlong() throws Exception {
        for (int i = 0; i < 64; i++) {
            files.file("f" + i, 10, on("h" + i % 2));
        }
        var enumerator = source().createEnumerator(host);
        enumerator.handleSplitRequest(0, "h0");
        enumerator.handleSplitRequest(1, "h1");
        assertThat(host.assigned.get(0)).hasSizeGreaterThan(1).allMatch(split -> split.isOn("h0"));
        assertThat(host.assigned.get(1)).hasSizeGreaterThan(1).allMatch(split -> split.isOn("h1"));
    }
}
