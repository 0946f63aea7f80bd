package io.millrace.state.api.reader;

import io.millrace.api.function.Collector;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.state.KeyedStateStore;
import io.millrace.api.state.State;
import io.millrace.api.state.StateDescriptor;
import io.millrace.api.state.ValueStateDescriptor;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.window.Window;
import io.millrace.runtime.operator.window.SavedWindows;
import io.millrace.runtime.serde.Serializer;
import io.millrace.runtime.state.TableSpec.Shape;
import io.millrace.runtime.state.user.NamespacedTables;
import io.millrace.runtime.state.user.UserStates;
import io.millrace.runtime.time.KeyedTimers;
import io.millrace.state.api.function.WindowReaderFunction;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows a function each window that has contents of its own, whether it will fire or waits for late
 * records. Confined to its task.
 */
public final class WindowFormat<K, W extends Window, IN, OUT> extends RangeFormat<OUT>
        implements WindowReaderFunction.Context<W> {
    private static final long serialVersionUID = 1L;

    private final WindowReaderFunction<IN, OUT, K, W> function;
    private final TypeSerializer<W> windows;
    private final WindowElements<IN> elements;
    private transient Serializer<Object> namespaces;
    private transient Iterator<Map.Entry<WindowRows.Row, Object>> rows;
    private transient Map<WindowRows.Row, Object> actual; // windows by key and state window
    private transient Map<TimeDomain, Map<WindowRows.Row, TreeSet<Long>>> timers;
    private transient NamespacedTables windowTables;
    private transient UserStates windowStates;
    private transient NamespacedTables triggerTables;
    private transient UserStates triggerStates;
    private transient W window;
    private transient WindowRows.Row current; // key and window

    /**
     * @param windows writes windows
     */
    public WindowFormat(
            String path,
            String operatorId,
            WindowReaderFunction<IN, OUT, K, W> function,
            TypeSerializer<W> windows,
            WindowElements<IN> elements,
            TypeInformation<K> keyType,
            String backend) {
        super(path, operatorId, function, keyType, backend);
        this.function = function;
        this.windows = windows;
        this.elements = elements;
    }

    @Override
    KeyedStateStore states(KeyRange opened) {
        var serializers = opened.request().serializers();
        namespaces =
                serializers.of(new ValueStateDescriptor<>("window", windows).typeInformation());
        windowTables =
                new NamespacedTables(opened::backend, SavedWindows.WINDOW_STATES, namespaces);
        windowStates = statesIn(opened, windowTables);
        triggerTables =
                new NamespacedTables(opened::backend, SavedWindows.TRIGGER_STATES, namespaces);
        triggerStates = statesIn(opened, triggerTables);
        return opened.states();
    }

    private UserStates statesIn(KeyRange opened, NamespacedTables tables) {
        return new UserStates(
                operator().name(),
                opened.states().getBackendTypeIdentifier(),
                opened.request().serializers(),
                System::currentTimeMillis,
                tables);
    }

    @Override
    void begin() throws IOException {
        var request = range().request();
        rows =
                WindowRows.read(
                                request,
                                SavedWindows.CONTENTS,
                                elements.shape(),
                                namespaces,
                                null,
                                request.serializers().of(elements.type()))
                        .entrySet()
                        .iterator();
        actual = new HashMap<>();
        timers = new HashMap<>();
        if (!operator().hasTable(SavedWindows.IN_FLIGHT)) {
            return;
        }
        WindowRows.read(request, SavedWindows.IN_FLIGHT, Shape.MAP, null, namespaces, namespaces)
                .forEach(
                        (row, map) ->
                                ((Map<?, ?>) map)
                                        .forEach(
                                                (seen, lies) ->
                                                        actual.put(
                                                                new WindowRows.Row(row.key(), lies),
                                                                seen)));
    }

    @Override
    @SuppressWarnings("unchecked") // the program knows the types of its windows
    boolean showNext(Collector<OUT> out) throws Exception {
        if (!rows.hasNext()) {
            return false;
        }
        Map.Entry<WindowRows.Row, Object> next = rows.next();
        Object key = next.getKey().key();
        window = (W) actual.getOrDefault(next.getKey(), next.getKey().namespace());
        current = new WindowRows.Row(key, window);
        range().setKey(key);
        function.readWindow((K) key, this, elements.of(next.getValue()), out);
        return true;
    }

    @Override
    public W window() {
        return window;
    }

    @Override
    public <S extends State> S triggerState(StateDescriptor<S, ?> descriptor) {
        descriptor.initializeSerializerUnlessSet(getRuntimeContext().getExecutionConfig());
        triggerTables.setNamespace(window);
        return descriptor.in(triggerStates);
    }

    @Override
    public KeyedStateStore windowState() {
        windowTables.setNamespace(window);
        return windowStates;
    }

    @Override
    public KeyedStateStore globalState() {
        return range().states();
    }

    @Override
    public Set<Long> registeredEventTimeTimers() {
        return timers(TimeDomain.EVENT_TIME);
    }

    @Override
    public Set<Long> registeredProcessingTimeTimers() {
        return timers(TimeDomain.PROCESSING_TIME);
    }

    private Set<Long> timers(TimeDomain domain) {
        if (timers.isEmpty()) {
            KeyedTimers read = range().timersOf(SavedWindows.TIMERS, namespaces);
            for (TimeDomain each : TimeDomain.values()) {
                Map<WindowRows.Row, TreeSet<Long>> found = new HashMap<>();
                read.forEach(
                        each,
                        (timestampMs, key, of) ->
                                found.computeIfAbsent(
                                                new WindowRows.Row(key, of),
                                                unused -> new TreeSet<>())
                                        .add(timestampMs));
                timers.put(each, found);
            }
        }
        return Collections.unmodifiableSet(
                timers.get(domain).getOrDefault(current, new TreeSet<>()));
    }
}
