package io.millrace.state.api.reader;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.api.function.Collector;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.TypeInformation;
import io.millrace.state.api.function.KeyedStateReaderFunction;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** Shows a function each key that has something in one of its states. Confined to its task. */
public final class KeyedFormat<K, OUT> extends RangeFormat<OUT>
        implements KeyedStateReaderFunction.Context {
    private static final long serialVersionUID = 1L;

    private final KeyedStateReaderFunction<K, OUT> function;
    private transient EagerStates states;
    private transient Iterator<Object> keys;
    private transient Object key;

    /**
     * @param keyType null if it is to be found from the keys
     * @param backend where a range of keys is while it is read
     */
    public KeyedFormat(
            String path,
            String operatorId,
            KeyedStateReaderFunction<K, OUT> function,
            TypeInformation<K> keyType,
            String backend) {
        super(path, operatorId, function, keyType, backend);
        this.function = function;
    }

    @Override
    KeyedStateStore states(KeyRange opened) {
        states = new EagerStates(operator(), opened.states());
        return states;
    }

    @Override
    void begin() {
        Set<String> names = states.registered();
        if (names.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.PROGRAM_INVALID,
                    function.getClass().getName()
                            + " has asked for no state in open(), so there is no key to show it."
                            + " Ask the runtime context for the states that are to be read.");
        }
        Set<Object> found = new LinkedHashSet<>();
        names.forEach(name -> range().addKeys(name, found));
        keys = found.iterator();
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows the type of its keys
    boolean showNext(Collector<OUT> out) throws Exception {
        if (!keys.hasNext()) {
            return false;
        }
        key = keys.next();
        range().setKey(key);
        function.readKey((K) key, this, out);
        return true;
    }

    @Override
    public Set<Long> registeredEventTimeTimers() {
        return range().timers(TimeDomain.EVENT_TIME, key);
    }

    @Override
    public Set<Long> registeredProcessingTimeTimers() {
        return range().timers(TimeDomain.PROCESSING_TIME, key);
    }
}
