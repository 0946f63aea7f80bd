package io.millrace.api.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.function.AbstractRichFunction;
import io.millrace.api.function.ReduceFunction;
import io.millrace.api.state.StateDescriptor.Type;
import io.millrace.api.type.GenericTypeInfo;
import io.millrace.api.type.TypeHint;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateDescriptorTest {
    private static final StateTtlConfig ONE_DAY =
            StateTtlConfig.newBuilder(Duration.ofDays(1)).build();

    @Test
    void saysNameKindAndType() {
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("sum", Long.class);
        ListStateDescriptor<String> list = new ListStateDescriptor<>("seen", Types.STRING);
        MapStateDescriptor<String, Integer> map =
                new MapStateDescriptor<>("counts", String.class, Integer.class);

        assertThat(value.getName()).isEqualTo("sum");
        assertThat(value.getType()).isEqualTo(Type.VALUE);
        assertThat(value.typeInformation()).isEqualTo(Types.LONG);
        assertThat(list.getType()).isEqualTo(Type.LIST);
        assertThat(list.elementType()).isEqualTo(Types.STRING);
        assertThat(list.typeInformation()).isEqualTo(Types.LIST(Types.STRING));
        assertThat(map.getType()).isEqualTo(Type.MAP);
        assertThat(map.keyType()).isEqualTo(Types.STRING);
        assertThat(map.valueType()).isEqualTo(Types.INT);
    }

    @Test
    void leavesTheParametersOfAClassToItsValues() {
        @SuppressWarnings("rawtypes")
        ValueStateDescriptor<Map> raw = new ValueStateDescriptor<>("any", Map.class);

        assertThat(raw.typeInformation()).isEqualTo(new GenericTypeInfo<>(Map.class));
    }

    @Test
    void takesParametersFromAHint() {
        ValueStateDescriptor<List<Long>> typed =
                new ValueStateDescriptor<>("times", TypeInformation.of(new TypeHint<>() {}));

        assertThat(typed.typeInformation()).isEqualTo(Types.LIST(Types.LONG));
    }

    @Test
    void isTheSameStateByClassAndName() {
        ValueStateDescriptor<Long> first = new ValueStateDescriptor<>("x", Long.class);
        ValueStateDescriptor<String> second = new ValueStateDescriptor<>("x", String.class);

        assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
        assertThat(first).isNotEqualTo(new ValueStateDescriptor<>("y", Long.class));
        assertThat((Object) first).isNotEqualTo(new ListStateDescriptor<>("x", Long.class));
    }

    @Test
    void saysThatItsSerializerIsNotMadeYet() {
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("sum", Long.class);

        assertThat(value.isSerializerInitialized()).isFalse();
        assertThatThrownBy(value::getSerializer)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'sum'")
                .hasMessageContaining("initializeSerializerUnlessSet()");
    }

    @Test
    void hasNoDefaultUnlessGivenOne() {
        assertThat(new ValueStateDescriptor<>("sum", Long.class).getDefaultValue()).isNull();
    }

    @Test
    void livesForEverUnlessToldHowLong() {
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("sum", Long.class);
        assertThat(value.getTtlConfig().isEnabled()).isFalse();

        value.enableTimeToLive(ONE_DAY);

        assertThat(value.getTtlConfig()).isSameAs(ONE_DAY);
        assertThat(value).hasToString("ValueStateDescriptor{name=sum, type=Long, ttl=PT24H}");
    }

    @Test
    @SuppressWarnings("deprecation")
    void refusesALifetimeTogetherWithQueries() {
        ValueStateDescriptor<Long> queried = new ValueStateDescriptor<>("sum", Long.class);
        queried.setQueryable("sums");
        ValueStateDescriptor<Long> limited = new ValueStateDescriptor<>("sum", Long.class);
        limited.enableTimeToLive(ONE_DAY);

        assertThatThrownBy(() -> queried.enableTimeToLive(ONE_DAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> limited.setQueryable("sums"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(queried.isQueryable()).isTrue();
        assertThat(queried.getQueryableStateName()).isEqualTo("sums");
    }

    @Test
    @SuppressWarnings("deprecation")
    void keepsTheFirstNameForQueries() {
        ValueStateDescriptor<Long> value = new ValueStateDescriptor<>("sum", Long.class);
        value.setQueryable("sums");

        assertThatThrownBy(() -> value.setQueryable("others"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'sums'");
    }

    @Test
    void refusesARichFunctionThatNobodyWouldOpen() {
        assertThatThrownBy(() -> new ReducingStateDescriptor<>("sum", new RichSum(), Long.class))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'sum'")
                .hasMessageContaining("RichFunction");
    }

    private static final class RichSum extends AbstractRichFunction
            implements ReduceFunction<Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long reduce(Long a, Long b) {
            return a + b;
        }
    }
}
