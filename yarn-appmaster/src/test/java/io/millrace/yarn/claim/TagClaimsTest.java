package io.millrace.yarn.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagClaimsTest {
    private static final long DAY_MS = 24 * 3_600_000L;
    private static final String ID = "application_1_0001";

    @TempDir Path directory;
    private FileSystem files;
    private TagClaims claims;

    @BeforeEach
    void openFileSystem() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
        claims = new TagClaims(files, root(), new RunTag("nightly", true));
    }

    private org.apache.hadoop.fs.Path root() {
        return new org.apache.hadoop.fs.Path(directory.toUri());
    }

    @Test
    void hasNoneBeforeTheFirst() {
        assertThat(claims.all()).isEmpty();
        assertThat(claims.done()).isEmpty();
        assertThat(claims.holds(ID)).isFalse();
        claims.remove(ID);
    }

    @Test
    void showsAClaimToAnybodyWithTheTagUntilItIsTakenBack() {
        TagClaims.Claim put = claims.put(ID, "submitter-h-1");
        TagClaims others = new TagClaims(files, root(), new RunTag("NIGHTLY", false));
        assertThat(others.all()).containsExactly(put);
        assertThat(others.holds(ID)).isTrue();
        claims.remove(ID);
        assertThat(others.all()).isEmpty();
    }

    @Test
    void keepsTagsApart() {
        claims.put(ID, "submitter-h-1");
        assertThat(new TagClaims(files, root(), new RunTag("daily", false)).all()).isEmpty();
    }

    @Test
    void remembersWhoHasDoneTheWorkBesideTheClaims() {
        claims.put(ID, "submitter-h-1");
        claims.putDone(ID);
        assertThat(claims.done()).contains(ID);
        assertThat(claims.all()).hasSize(1);
    }

    @Test
    void sweepsOldClaimsOfTheEndedAndTheirDirectory() {
        claims.put(ID, "submitter-h-1");
        assertThat(sweep(true, 0)).isZero();
        assertThat(sweep(false, 2 * DAY_MS)).isZero();
        assertThat(claims.holds(ID)).isTrue();
        assertThat(sweep(true, 2 * DAY_MS)).isEqualTo(1);
        assertThat(directory.resolve("tags")).isEmptyDirectory();
    }

    @Test
    void keepsWhatIsDoneForMonths() {
        claims.put(ID, "submitter-h-1");
        claims.putDone(ID);
        assertThat(sweep(true, 30 * DAY_MS)).isZero();
        assertThat(claims.holds(ID)).isFalse();
        assertThat(claims.done()).contains(ID);
        assertThat(sweep(true, 100 * DAY_MS)).isEqualTo(1);
        assertThat(claims.done()).isEmpty();
    }

    private int sweep(boolean ended, long laterMs) {
        return TagClaims.sweep(files, root(), id -> ended, System.currentTimeMillis() + laterMs);
    }
}
