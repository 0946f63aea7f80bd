package io.millrace.runtime.serde;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The forms of Java's own collection classes, interfaces and implementations. Pure. */
final class CollectionForms {
    private static final Map<Class<?>, Schema.SequenceForm> SEQUENCES = sequences();
    private static final Map<Class<?>, Schema.MappingForm> MAPPINGS = mappings();

    private CollectionForms() {}

    /** The form of exactly this class, or null. */
    static Schema.SequenceForm sequence(Class<?> type) {
        return SEQUENCES.get(type);
    }

    /** The form of exactly this class, or null. */
    static Schema.MappingForm mapping(Class<?> type) {
        return MAPPINGS.get(type);
    }

    private static Map<Class<?>, Schema.SequenceForm> sequences() {
        Map<Class<?>, Schema.SequenceForm> forms = new HashMap<>();
        forms.put(List.class, Schema.SequenceForm.LIST);
        forms.put(java.util.ArrayList.class, Schema.SequenceForm.LIST);
        forms.put(java.util.LinkedList.class, Schema.SequenceForm.LINKED_LIST);
        forms.put(java.util.Deque.class, Schema.SequenceForm.QUEUE);
        forms.put(java.util.ArrayDeque.class, Schema.SequenceForm.QUEUE);
        forms.put(Set.class, Schema.SequenceForm.SET);
        forms.put(LinkedHashSet.class, Schema.SequenceForm.SET);
        forms.put(java.util.HashSet.class, Schema.SequenceForm.HASH_SET);
        forms.put(java.util.SortedSet.class, Schema.SequenceForm.SORTED_SET);
        forms.put(java.util.NavigableSet.class, Schema.SequenceForm.SORTED_SET);
        forms.put(java.util.TreeSet.class, Schema.SequenceForm.SORTED_SET);
        return Map.copyOf(forms);
    }

    private static Map<Class<?>, Schema.MappingForm> mappings() {
        Map<Class<?>, Schema.MappingForm> forms = new HashMap<>();
        forms.put(Map.class, Schema.MappingForm.MAP);
        forms.put(java.util.LinkedHashMap.class, Schema.MappingForm.MAP);
        forms.put(java.util.HashMap.class, Schema.MappingForm.HASH_MAP);
        forms.put(java.util.SortedMap.class, Schema.MappingForm.SORTED_MAP);
        forms.put(java.util.NavigableMap.class, Schema.MappingForm.SORTED_MAP);
        forms.put(java.util.TreeMap.class, Schema.MappingForm.SORTED_MAP);
        forms.put(java.util.concurrent.ConcurrentMap.class, Schema.MappingForm.CONCURRENT_MAP);
        forms.put(java.util.concurrent.ConcurrentHashMap.class, Schema.MappingForm.CONCURRENT_MAP);
        return Map.copyOf(forms);
    }
}
