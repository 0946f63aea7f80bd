package io.millrace.yarn.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.yarn.claim.RunTag;
import io.millrace.yarn.claim.TagClaims;
import io.millrace.yarn.submit.ApplicationState.Phase;
import io.millrace.yarn.submit.SubmittedApplication.Origin;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TagRaceTest {
    private static final String OURS = "application_1_0005";
    private static final String EARLIER = "application_1_0003";
    private static final String LATER = "application_1_0007";
    private static final long NO_SUCH_PROCESS = 4_000_000_000L;

    @TempDir Path directory;
    private final Map<String, Phase> yarn = new ConcurrentHashMap<>();
    private FileSystem files;

    /** What happens while a submission pauses, in turn; a pause more than these fails. */
    private final List<Runnable> meanwhile = new ArrayList<>();

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

    private TagRace race(boolean once) {
        return new TagRace(
                claims(once),
                id -> Optional.ofNullable(yarn.get(id)),
                System::currentTimeMillis,
                () -> meanwhile.remove(0).run());
    }

    private static String alive() {
        return Submitter.ofThisProcess().markerName();
    }

    private static String dead() {
        return new Submitter(Submitter.ofThisProcess().host(), NO_SUCH_PROCESS).markerName();
    }

    private static String elsewhere() {
        return new Submitter("elsewhere", 1).markerName();
    }

    private void age(String applicationId, long ms) {
        try (Stream<Path> found = Files.walk(directory)) {
            Path claim = found.filter(file -> file.endsWith(applicationId)).findFirst().get();
            Files.setLastModifiedTime(claim, FileTime.fromMillis(System.currentTimeMillis() - ms));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goesOnWhenNobodyHasTheTag() {
        assertThat(race(false).before()).isEmpty();
        assertThat(race(false).enter(OURS)).isEmpty();
        assertThat(claims(false).holds(OURS)).isTrue();
    }

    @Test
    void standsForTheOneThatRuns() {
        claims(false).put(EARLIER, dead());
        yarn.put(EARLIER, Phase.RUNNING);
        SubmittedApplication expected = new SubmittedApplication(EARLIER, null, Origin.RUNNING);
        assertThat(race(false).before()).contains(expected);
        assertThat(race(false).enter(OURS)).contains(expected);
        assertThat(claims(false).holds(OURS)).isFalse();
        assertThat(claims(false).holds(EARLIER)).isTrue();
    }

    @Test
    void goesOnWhenTheEarlierOneHasEndedHoweverItEnded() {
        for (Phase phase : List.of(Phase.SUCCEEDED, Phase.FAILED, Phase.KILLED)) {
            claims(false).put(EARLIER, alive());
            yarn.put(EARLIER, phase);
            assertThat(race(false).before()).isEmpty();
            assertThat(race(false).enter(OURS)).isEmpty();
            assertThat(claims(false).holds(EARLIER)).isFalse();
            claims(false).remove(OURS);
        }
    }

    @Test
    void doesNotRepeatWhatIsDoneOnce() {
        claims(true).put(EARLIER, alive());
        claims(true).putDone(EARLIER);
        claims(true).remove(EARLIER);
        SubmittedApplication expected = new SubmittedApplication(EARLIER, null, Origin.DONE);
        assertThat(race(true).before()).contains(expected);
        assertThat(race(true).enter(OURS)).contains(expected);
        assertThat(claims(true).holds(OURS)).isFalse();
        assertThat(race(false).enter(OURS)).as("without --once").isEmpty();
    }

    @Test
    void takesTheTagFromAClientThatDiedOnThisHost() {
        claims(false).put(LATER, dead());
        assertThat(race(false).enter(OURS)).isEmpty();
        assertThat(claims(false).holds(LATER)).as("so that it will never run").isFalse();
    }

    @Test
    void takesTheTagFromAClientOfAnotherHostThatIsSilentForTooLong() {
        claims(false).put(EARLIER, elsewhere());
        meanwhile.add(() -> age(EARLIER, TagRace.PENDING_MS + 5_000));
        assertThat(race(false).enter(OURS)).isEmpty();
        assertThat(meanwhile).isEmpty();
    }

    @Test
    void waitsForAnotherSubmissionAndStandsForItsApplication() {
        claims(false).put(LATER, elsewhere());
        meanwhile.add(() -> assertThat(claims(false).holds(OURS)).as("still there").isTrue());
        meanwhile.add(() -> yarn.put(LATER, Phase.WAITING));
        assertThat(race(false).enter(OURS))
                .contains(new SubmittedApplication(LATER, null, Origin.RUNNING));
    }

    @Test
    void withdrawsWhileAnEarlierOneIsBeingSubmitted() {
        claims(false).put(EARLIER, elsewhere());
        meanwhile.add(() -> assertThat(claims(false).holds(OURS)).as("withdrawn").isFalse());
        meanwhile.add(() -> claims(false).remove(EARLIER));
        assertThat(race(false).enter(OURS)).isEmpty();
        assertThat(claims(false).holds(OURS)).isTrue();
    }

    @Test
    void givesBackTheClaimOfOneThatReachedYarnAtTheLastMoment() {
        claims(false).put(LATER, dead());
        List<Optional<Phase>> answers =
                new ArrayList<>(List.of(Optional.empty(), Optional.of(Phase.WAITING)));
        TagRace race =
                new TagRace(
                        claims(false),
                        id -> answers.remove(0),
                        System::currentTimeMillis,
                        () -> meanwhile.remove(0).run());
        assertThat(race.enter(OURS))
                .contains(new SubmittedApplication(LATER, null, Origin.RUNNING));
        assertThat(claims(false).holds(LATER)).isTrue();
    }

    @Test
    void doesNotGuessWhenTheClusterDoesNotAnswer() {
        claims(false).put(EARLIER, alive());
        TagRace race =
                new TagRace(
                        claims(false),
                        id -> {
                            throw new IllegalStateException("nobody answers");
                        },
                        System::currentTimeMillis,
                        () -> {});
        assertThatThrownBy(race::before).hasMessage("nobody answers");
        assertThatThrownBy(() -> race.enter(OURS)).hasMessage("nobody answers");
    }

    @Test
    void letsOneOfManyThroughAndTheOthersStandForIt() throws Exception {
        int clients = 8;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (int round = 0; round < 20; round++) {
                List<Callable<String>> all = new ArrayList<>();
                for (int client = 0; client < clients; client++) {
                    String id = String.format("application_%d_%04d", round, client);
                    all.add(() -> submit(id));
                }
                List<String> run = new ArrayList<>();
                for (Future<String> one : threads.invokeAll(all)) {
                    run.add(one.get());
                }
                assertThat(run).as("round %d", round).containsOnly(run.get(0));
                assertThat(yarn).as("round %d", round).containsOnlyKeys(run.get(0));
                yarn.put(run.get(0), Phase.SUCCEEDED);
                claims(false).remove(run.get(0));
                yarn.clear();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns the application that stands for the submission. */
    private String submit(String id) {
        TagRace race =
                new TagRace(
                        claims(false),
                        other -> Optional.ofNullable(yarn.get(other)),
                        System::currentTimeMillis,
                        Thread::yield);
        return race.before()
                .or(() -> race.enter(id))
                .map(SubmittedApplication::applicationId)
                .orElseGet(
                        () -> {
                            yarn.put(id, Phase.WAITING);
                            return id;
                        });
    }
}
