package io.millrace.runtime.serde;

import io.millrace.api.type.FormerNames;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What classes, fields and constants were called before: {@link FormerNames}. Pure. */
final class EarlierNames {
    private EarlierNames() {}

    /** Whether a class has this name, or had it. */
    static boolean has(Class<?> now, String written) {
        return now.getName().equals(written) || of(now).contains(written);
    }

    private static List<String> of(AnnotatedElement element) {
        FormerNames former = element == null ? null : element.getAnnotation(FormerNames.class);
        return former == null ? List.of() : Arrays.asList(former.value());
    }

    /** Where the fields of a struct are read into, by the names that they were written under. */
    static Map<String, Integer> places(Schema.Struct now, Written.Struct written) {
        Set<String> stored = new HashSet<>();
        written.fields().forEach(field -> stored.add(field.name()));
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < now.fields().size(); i++) {
            places.put(now.fields().get(i).name(), i);
        }
        if (places.keySet().containsAll(stored)) {
            return places; // nothing is left that could have had another name
        }
        Map<String, Field> fields = fieldsOf(now.type());
        for (int i = 0; i < now.fields().size(); i++) {
            String own = now.fields().get(i).name();
            if (!stored.contains(own)) {
                for (String former : of(fields.get(own))) {
                    if (stored.contains(former) && places.putIfAbsent(former, i) == null) {
                        break;
                    }
                }
            }
        }
        return places;
    }

    private static Map<String, Field> fieldsOf(Class<?> type) {
        try {
            return StructFields.byName(type);
        } catch (NoSuchFieldException e) {
            return Map.of();
        }
    }

    /** The index of an enum's constant that has this name, or had it; −1 if there is none. */
    static int constant(Schema.EnumOf now, String written) {
        int own = now.constants().indexOf(written);
        if (own >= 0) {
            return own;
        }
        for (int i = 0; i < now.constants().size(); i++) {
            if (of(field(now.type(), now.constants().get(i))).contains(written)) {
                return i;
            }
        }
        return -1;
    }

    private static Field field(Class<?> type, String name) {
        try {
            return type.getField(name);
        } catch (NoSuchFieldException e) {
            return null;
        }
    }
}
