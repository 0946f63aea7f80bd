package io.millrace.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.MillraceException;
import io.millrace.api.function.CoMapFunction;
import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.StreamNode;
import io.millrace.api.operator.EngineOperator;
import io.millrace.api.operator.StreamMap;
import io.millrace.api.operator.StreamRecord;
import io.millrace.api.type.Types;
import org.junit.jupiter.api.Test;

class TransformationsTest {
    private final StreamExecutionEnvironment env =
            StreamExecutionEnvironment.getExecutionEnvironment();
    private final DataStream<String> texts = env.fromData("a", "b").name("texts");

    private static <T> OneInputTransformation<?, T> of(DataStream<T> stream) {
        return (OneInputTransformation<?, T>) stream.getTransformation();
    }

    @Test
    void theEnginesOperatorBehindAStreamIsSeenAndTakesTheSamePlaceElsewhere() {
        OneInputTransformation<?, Integer> lengths = of(texts.map(String::length));

        EngineOperator<?, Integer> operator = (EngineOperator<?, Integer>) lengths.getOperator();
        assertThat(operator.spec().kind()).isEqualTo(OperatorSpec.Kind.MAP);
        assertThat(lengths.getInput().getName()).isEqualTo("texts");
        assertThat(lengths.getInputType()).isEqualTo(Types.STRING);

        texts.transform("again", Types.INT, operatorOf(lengths));
        assertThat(last().spec().kind()).isEqualTo(OperatorSpec.Kind.MAP);
    }

    @SuppressWarnings("unchecked") // of texts, as it was made
    private static EngineOperator<String, Integer> operatorOf(
            OneInputTransformation<?, Integer> transformation) {
        return (EngineOperator<String, Integer>) transformation.getOperator();
    }

    private StreamNode last() {
        return env.getStreamGraph().nodes().get(env.getStreamGraph().nodes().size() - 1);
    }

    @Test
    void anOperatorOfTheEngineIsNotCalledByPrograms() {
        EngineOperator<String, Integer> operator = operatorOf(of(texts.map(String::length)));

        assertThatThrownBy(() -> operator.processElement(new StreamRecord<>("a")))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("MAP")
                .hasMessageContaining("harness");
    }

    @Test
    void theProgramsOwnOperatorIsTheOneThatItGave() {
        StreamMap<String, Integer> map = new StreamMap<>(String::length);

        assertThat(of(texts.transform("own", Types.INT, map)).getOperator()).isSameAs(map);
    }

    @Test
    void aTransformationThatAProgramMakesBecomesPartOfIt() {
        OneInputTransformation<String, Integer> own =
                new OneInputTransformation<>(
                        texts.getTransformation(),
                        "own",
                        new StreamMap<>(String::length),
                        Types.INT,
                        2);
        own.setStateKeySelector(text -> text);
        own.setStateKeyType(Types.STRING);

        env.addOperator(own);

        assertThat(last().name()).isEqualTo("own");
        assertThat(last().parallelism()).isEqualTo(2);
        assertThat(((OperatorSpec.TransformSpec) last().spec()).keySelector()).isNotNull();
        assertThatThrownBy(() -> own.setStateKeyType(Types.INT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'own'");
    }

    @Test
    void bothInputsOfAnOperatorAreSeen() {
        DataStream<String> joined =
                texts.connect(env.fromData(1).name("numbers")).map(new Join()).name("joined");

        TwoInputTransformation<?, ?, String> transformation =
                (TwoInputTransformation<?, ?, String>) joined.getTransformation();
        assertThat(transformation.getInput1().getName()).isEqualTo("texts");
        assertThat(transformation.getInput2().getName()).isEqualTo("numbers");
        assertThatThrownBy(transformation::getOperatorFactory)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("CO_MAP");
    }

    private static final class Join implements CoMapFunction<String, Integer, String> {
        @Override
        public String map1(String value) {
            return value;
        }

        @Override
        public String map2(Integer value) {
            return value.toString();
        }
    }

    @Test
    void iterationsAreRefusedWithWhatTakesTheirPlace() {
        assertThatThrownBy(texts::iterate)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("iterate()")
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> texts.iterate(5_000))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("iterate()");
    }
}
