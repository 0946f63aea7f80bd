package io.millrace.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The control plane decides; it reads no clock, starts no thread, opens no file and rolls no dice,
 * so that a simulation of it can be replayed from a seed.
 */
class PureControlPlaneTest {
    private static final String CONTROL_PLANE = "io.millrace.coordinator..";

    /** Methods by class whose answer is not a function of their arguments. */
    private static final Map<String, Set<String>> AMBIENT =
            Map.of(
                    "java.lang.System",
                    Set.of(
                            "currentTimeMillis",
                            "nanoTime",
                            "getenv",
                            "getProperty",
                            "identityHashCode",
                            "exit"),
                    "java.time.Instant",
                    Set.of("now"),
                    "java.time.LocalDateTime",
                    Set.of("now"),
                    "java.util.UUID",
                    Set.of("randomUUID"),
                    "java.lang.Math",
                    Set.of("random"),
                    "java.util.Collection",
                    Set.of("parallelStream"));

    @Test
    void callsNothingAmbient() {
        noClasses()
                .that()
                .resideInAPackage(CONTROL_PLANE)
                .should(call(AMBIENT))
                .check(Engine.CLASSES);
    }

    @Test
    void ownsNoThreadsFilesSocketsOrDice() {
        noClasses()
                .that()
                .resideInAPackage(CONTROL_PLANE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.File")
                .check(Engine.CLASSES);
    }

    @Test
    void keepsNoCollectionsWhoseOrderIsAnAccident() {
        noClasses()
                .that()
                .resideInAPackage(CONTROL_PLANE)
                .should()
                .callConstructorWhere(
                        DescribedPredicate.describe(
                                "a hash collection is made",
                                call ->
                                        call.getTargetOwner().isEquivalentTo(HashMap.class)
                                                || call.getTargetOwner()
                                                        .isEquivalentTo(HashSet.class)
                                                || call.getTargetOwner()
                                                        .isEquivalentTo(IdentityHashMap.class)))
                .check(Engine.CLASSES);
    }

    @Test
    void javaDeserializationHasOneDoor() {
        noClasses()
                .that()
                .resideInAPackage("io.millrace..")
                .and()
                .resideOutsideOfPackage("io.millrace.runtime.serde..")
                .should()
                .dependOnClassesThat(assignableTo(java.io.ObjectInputStream.class))
                .check(Engine.CLASSES);
    }

    private static ArchCondition<JavaClass> call(Map<String, Set<String>> forbidden) {
        return new ArchCondition<>("call " + forbidden) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    AccessTarget target = access.getTarget();
                    Set<String> names = forbidden.get(target.getOwner().getFullName());
                    if (names != null && names.contains(target.getName())) {
                        events.add(SimpleConditionEvent.satisfied(type, access.getDescription()));
                    }
                }
            }
        };
    }
}
