package io.millrace.api.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.graph.CachedFile;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The option classes that programs name, beside the engine's own. */
class ProgramsOptionsTest {
    private static final List<Class<?>> CLASSES =
            List.of(
                    PipelineOptions.class,
                    ExecutionOptions.class,
                    CoreOptions.class,
                    ClusterOptions.class,
                    HighAvailabilityOptions.class,
                    JobManagerOptions.class,
                    NettyShuffleEnvironmentOptions.class,
                    ResourceManagerOptions.class,
                    RpcOptions.class,
                    TaskManagerOptions.class);

    /** Declared by modules above this one. */
    private static final Set<String> ELSEWHERE = Set.of("worker.slots", "embedded.workers");

    private static List<ConfigOption<?>> options() throws IllegalAccessException {
        List<ConfigOption<?>> all = new ArrayList<>();
        for (Class<?> type : CLASSES) {
            for (Field field : type.getFields()) {
                if (field.getType() == ConfigOption.class) {
                    all.add((ConfigOption<?>) field.get(null));
                }
            }
        }
        return all;
    }

    @Test
    void eachIsKnownToTheEngineAndDescribed() throws Exception {
        OptionCheck check = OptionCheck.of(List.of(new PipelineOptionCatalogue()));

        assertThat(options()).hasSizeGreaterThan(30);
        for (ConfigOption<?> option : options()) {
            if (ELSEWHERE.contains(option.key())) {
                continue;
            }
            assertThat(check.known()).containsKey(option.key());
            assertThat(check.known().get(option.key()).description()).isNotBlank();
        }
    }

    @Test
    void optionsOfProcessesSayThatTheyAreSetInVain() {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
        configuration.set(JobManagerOptions.EXECUTION_FAILOVER_STRATEGY, "full");
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, 4);

        OptionCheck check = OptionCheck.of(List.of(new PipelineOptionCatalogue()));
        assertThat(check.idle(configuration.toConfig()))
                .containsOnlyKeys(
                        "jobmanager.execution.failover-strategy",
                        "taskmanager.memory.managed.size");
        assertThat(TaskManagerOptions.MANAGED_MEMORY_SIZE.description().toString())
                .startsWith("No effect: ")
                .contains("yarn.worker.memory");
    }

    @Test
    void patternsOfClassesThatComeFirstAreThoseOfBothOptions() {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS, List.of("java."));
        configuration.set(
                CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL, List.of("com.mine."));

        assertThat(CoreOptions.getParentFirstLoaderPatterns(configuration))
                .containsExactly("java.", "com.mine.");
    }

    @Test
    void whatTheySetIsWhatTheEngineReads() {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, 3);
        configuration.set(PipelineOptions.NAME, "words");
        configuration.set(
                PipelineOptions.CACHED_FILES, List.of("name:a,path:/x", "name:b,path:/y"));

        Config config = configuration.toConfig();
        assertThat(config.get(ProgramOptions.PARALLELISM)).isEqualTo(3);
        assertThat(config.get(ProgramOptions.NAME)).isEqualTo("words");
        assertThat(config.get(ProgramOptions.CACHED_FILES)).hasSize(2);
    }

    @Test
    void cachedFilesOfOptionsComeBehindThoseOfTheProgram() {
        Configuration configuration = new Configuration();
        configuration.set(
                PipelineOptions.CACHED_FILES,
                List.of("name:a,path:/ignored", "name:b,path:'hdfs://h:1/y',executable:true"));
        StreamExecutionEnvironment env = new StreamExecutionEnvironment(configuration);
        env.registerCachedFile("/x", "a");

        assertThat(env.getCachedFiles())
                .extracting(file -> file.f0 + " " + file.f1.filePath + " " + file.f1.isExecutable)
                .containsExactly("a /x false", "b hdfs://h:1/y true");
    }

    @Test
    void aCachedFileWithoutPathIsNamed() {
        assertThatThrownBy(() -> CachedFile.parse("name:a"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(ErrorCode.INVALID_OPTION.name())
                .hasMessageContaining("name:a");
    }
}
