package io.millrace.savepoint.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.savepoint.SampleSavepoints;
import io.millrace.savepoint.catalogue.TreeCheck.Orphan;
import io.millrace.savepoint.catalogue.TreeCheck.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCheckTest {
    private static final long NEVER = 0;
    private static final long ALL = Long.MAX_VALUE;

    @TempDir private java.nio.file.Path temporary;

    private TreeCheck check(long beforeMs) {
        return new TreeCheck(new Path(temporary.toString()), List.of(), beforeMs, false);
    }

    private Report look(boolean deep) {
        return check(ALL).check(deep, (path, number, count) -> {});
    }

    private void sample() throws IOException {
        SampleSavepoints.nativeAt(temporary.resolve("native"), 1, 0, 40, "x");
        SampleSavepoints.tablesAt(temporary.resolve("tables"), 1, 0, 40, "x");
    }

    private java.nio.file.Path segments() throws IOException {
        try (Stream<java.nio.file.Path> all = Files.walk(temporary.resolve("native"))) {
            return all.filter(each -> each.toString().endsWith(".seg")).findFirst().orElseThrow();
        }
    }

    @Test
    void inWhatIsWholeNothingIsFound() throws IOException {
        sample();

        Report report = look(true);

        assertThat(report.whole()).isEqualTo(2);
        assertThat(report.broken()).isEmpty();
        assertThat(report.orphans()).isEmpty();
        assertThat(report.bytesRead()).isPositive();
    }

    @Test
    void filesThatAreCutOrGoneAreFoundWithoutReading() throws IOException {
        sample();
        java.nio.file.Path file = segments();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));
        java.nio.file.Path table =
                temporary.resolve("tables/op=my%20uid%2F%C3%BC/state=value/kg=0-15.parquet");
        Files.delete(table);

        Report report = look(false);

        assertThat(report.whole()).isZero();
        assertThat(report.bytesRead()).isZero();
        assertThat(report.broken())
                .hasSize(2)
                .anySatisfy(
                        each ->
                                assertThat(each.damages())
                                        .singleElement()
                                        .asString()
                                        .contains("kg=0-15.parquet is missing"))
                .anySatisfy(
                        each ->
                                assertThat(each.damages())
                                        .singleElement()
                                        .asString()
                                        .contains(
                                                (bytes.length - 1)
                                                        + " bytes, the manifest says "
                                                        + bytes.length));
    }

    @Test
    void onlyADeepLookFindsAFlippedBit() throws IOException {
        sample();
        java.nio.file.Path file = segments();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThat(look(false).broken()).isEmpty();
        assertThat(look(true).broken())
                .singleElement()
                .satisfies(each -> assertThat(each.damages().get(0)).contains("checksum"));
    }

    @Test
    void leftoversAreOrphansOnceTheyAreOld() throws IOException {
        sample();
        Files.writeString(temporary.resolve("tables/op=my%20uid%2F%C3%BC/leftover"), "12345");
        SampleSavepoints.tablesAt(temporary.resolve("half"), 1, 0, 5, "x");
        Files.delete(temporary.resolve("half/_manifest.json"));
        SampleSavepoints.nativeAt(temporary.resolve("given up"), 1, 0, 5, "x");
        Files.delete(temporary.resolve("given up/" + SampleSavepoints.JOB + "/1/1/manifest"));

        assertThat(check(NEVER).check(false, (path, number, count) -> {}).orphans()).isEmpty();
        Report report = look(false);

        assertThat(report.broken()).isEmpty();
        assertThat(report.orphans())
                .extracting(each -> each.path().getName())
                .containsExactlyInAnyOrder("leftover", "half", "given up");
        assertThat(report.orphanBytes()).isGreaterThan(5);
        assertThat(check(ALL).delete(report.orphans())).hasSize(3);
        assertThat(temporary.resolve("half")).doesNotExist();
        assertThat(temporary.resolve("given up")).doesNotExist();
        assertThat(look(true).whole()).isEqualTo(2);
        assertThat(look(true).orphans()).isEmpty();
    }

    @Test
    void whatIsNoLongerAnOrphanIsNotDeleted() throws IOException {
        sample();
        java.nio.file.Path leftover = temporary.resolve("tables/leftover");
        Files.writeString(leftover, "12345");
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(1000));
        List<Orphan> before = check(2000).check(false, (path, number, count) -> {}).orphans();
        assertThat(before).hasSize(1);
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(3000));

        assertThat(check(2000).delete(before)).isEmpty();
        assertThat(leftover).exists();
    }

    @Test
    void nothingIsAnOrphanWhileAManifestCannotBeRead() throws IOException {
        sample();
        Files.writeString(temporary.resolve("tables/leftover"), "12345");
        java.nio.file.Path manifest =
                temporary.resolve("native/" + SampleSavepoints.JOB + "/1/1/manifest");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);

        Report report = look(false);

        assertThat(report.broken()).hasSize(1);
        assertThat(report.orphans()).isEmpty();
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("nothing is called an orphan");
    }

    @Test
    void marksAreNoOrphans() throws IOException {
        sample();
        MarkFiles.of(new Path(temporary.resolve("tables").toString())).pin();
        MarkFiles.of(new Path(temporary.resolve("native").toString())).tag("x");

        assertThat(look(false).orphans()).isEmpty();
    }

    @Test
    void nothingIsAnOrphanWhereNotAllCouldBeLookedAt() throws IOException {
        sample();
        Files.createDirectories(temporary.resolve("given-up/op=x"));
        java.nio.file.Path deep = temporary.resolve("1/2/3/4/5/6/7/8/9/10/11/12/13/14");
        Files.createDirectories(deep);

        Report report = look(false);

        assertThat(report.orphans()).isEmpty();
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("looked at"));
    }

    @Test
    void marksOfForksAreReportedAndNoOrphans() throws IOException {
        sample();
        String fork = "f".repeat(32);
        Files.createFile(temporary.resolve("tables/fork-" + fork + "-1-1"));
        Files.createFile(
                temporary.resolve(
                        "native/"
                                + SampleSavepoints.JOB
                                + "/fork-"
                                + fork
                                + "-1-2-application_1_0001"));

        Report report = look(true);

        assertThat(report.orphans()).isEmpty();
        assertThat(report.whole()).isEqualTo(2);
        assertThat(report.forks())
                .extracting(each -> each.mark().application())
                .containsExactlyInAnyOrder("", "application_1_0001");
    }
}
