package io.millrace.yarn.master;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.error.ErrorCode;
import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.claim.TagClaims;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagClaimTest {
    private static final String ID = "application_1_0001";

    @TempDir Path directory;
    private FileSystem files;

    @BeforeEach
    void openFileSystem() throws IOException {
        files = new RawLocalFileSystem();
        files.initialize(URI.create("file:///"), new Configuration());
    }

    private TagClaims claims(boolean once) {
        return new TagClaims(
                files,
                new org.apache.hadoop.fs.Path(directory.toUri()),
                new RunTag("nightly", once));
    }

    @Test
    void letsAnApplicationWithoutATagRun() {
        TagClaim claim = TagClaim.of(files, null, null, ID);
        assertThat(claim.refusal()).isEmpty();
        claim.beforeEnd(Outcome.succeeded());
        claim.afterEnd();
    }

    @Test
    void letsAnApplicationWithItsClaimRun() {
        claims(false).put(ID, "submitter-h-1");
        assertThat(new TagClaim(claims(false), ID, () -> {}).refusal()).isEmpty();
    }

    @Test
    void refusesAnApplicationWhoseClaimWasTaken() {
        claims(false).put("application_1_0002", "submitter-h-1");
        Outcome refused = new TagClaim(claims(false), ID, () -> {}).refusal().orElseThrow();
        assertThat(refused.diagnostics())
                .startsWith("SUBMISSION_REJECTED: another submission with the tag 'nightly'");
    }

    @Test
    void waitsForAClaimThatIsGivenBack() {
        claims(false).put("application_1_0002", "submitter-h-1");
        TagClaim claim =
                new TagClaim(claims(false), ID, () -> claims(false).put(ID, "submitter-h-1"));
        assertThat(claim.refusal()).isEmpty();
    }

    @Test
    void takesTheClaimBackAtTheEnd() {
        claims(false).put(ID, "submitter-h-1");
        TagClaim claim = new TagClaim(claims(false), ID, () -> {});
        claim.beforeEnd(Outcome.succeeded());
        claim.afterEnd();
        assertThat(claims(false).all()).isEmpty();
        assertThat(claims(false).done()).isEmpty();
    }

    @Test
    void keepsThatWorkToBeDoneOnceHasSucceeded() {
        claims(true).put(ID, "submitter-h-1");
        TagClaim claim = new TagClaim(claims(true), ID, () -> {});
        claim.beforeEnd(Outcome.failed(ErrorCode.WORKER_LOST, "gone"));
        assertThat(claims(true).done()).isEmpty();
        claim.beforeEnd(Outcome.succeeded());
        assertThat(claims(true).done()).contains(ID);
    }
}
