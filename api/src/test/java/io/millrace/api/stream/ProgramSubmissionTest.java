package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.collect.FakeExecutor;
import io.millrace.api.graph.OperatorSpec.SourceSpec;
import io.millrace.api.option.Config;
import io.millrace.api.option.ProgramOptions;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.source.CollectionSource;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgramSubmissionTest {
    private final FakeExecutor engine =
            new FakeExecutor(Config.empty().with(ProgramOptions.PARALLELISM, 3));

    @AfterEach
    void clear() {
        StreamExecutionEnvironment.clear();
    }

    @Test
    void startsFromTheOptionsOfTheEngineAndLetsTheProgramOverrideThem() {
        StreamExecutionEnvironment.runWith(engine);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(env.getParallelism()).isEqualTo(3);
        env.fromSequence(1, 2);
        assertThat(env.getStreamGraph().nodes().get(0).parallelism()).isEqualTo(3);
        env.setParallelism(5);
        assertThat(env.getStreamGraph().nodes().get(0).parallelism()).isEqualTo(5);
    }

    @Test
    void sendsValuesOfFromDataEncodedAndEmptiesTheEnvironment() throws Exception {
        StreamExecutionEnvironment.runWith(engine);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromData("a", "b").sinkTo(new DiscardingSink<>());
        engine.finish();

        assertThat(env.execute("job").getJobID()).isEqualTo(engine.getJobID());

        SourceSpec spec = (SourceSpec) engine.submitted().nodes().get(0).spec();
        assertThat(spec.source()).isInstanceOf(CollectionSource.class);
        new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(spec);
        assertThat(engine.submitted().jobName()).isEqualTo("job");
        assertThatThrownBy(env::execute).hasMessageContaining("no operators");
    }

    @Test
    void throwsWhatTheJobFailedWith() {
        StreamExecutionEnvironment.runWith(engine);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.fromData("a").sinkTo(new DiscardingSink<>());
        engine.fail(new IllegalStateException("broken"));
        assertThatThrownBy(env::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void refusesNullValues() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThatThrownBy(() -> env.fromData("a", null)).hasMessageContaining("must not be null");
    }
}
