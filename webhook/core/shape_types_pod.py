"""Fields of metadata and of a pod spec, without its containers and volumes.

Source: the Go types of k8s.io/api v0.33 to v0.37 and k8s.io/apimachinery; the notation is that of `shape_types`.
"""

POD = """
Affinity: nodeAffinity NodeAffinity; podAffinity PodAffinity; podAntiAffinity PodAntiAffinity
EvictionResponder: name string; priority int32
HostAlias: ip string; hostnames []string
LabelSelector: matchLabels map[string]string; matchExpressions []LabelSelectorRequirement
LabelSelectorRequirement: key, operator string; values []string
ManagedFieldsEntry: manager, operation, apiVersion, fieldsType, subresource string; time Time
NodeAffinity: requiredDuringSchedulingIgnoredDuringExecution NodeSelector;
    preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm
NodeSelector: nodeSelectorTerms []NodeSelectorTerm
NodeSelectorRequirement: key, operator string; values []string
NodeSelectorTerm: matchExpressions, matchFields []NodeSelectorRequirement
ObjectMeta: name, generateName, namespace, selfLink, uid, resourceVersion string;
    generation, deletionGracePeriodSeconds int64; creationTimestamp, deletionTimestamp Time;
    labels, annotations map[string]string; ownerReferences []OwnerReference; finalizers []string;
    managedFields []ManagedFieldsEntry
OwnerReference: apiVersion, kind, name, uid string; controller, blockOwnerDeletion bool
PodAffinity: requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm;
    preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
PodAffinityTerm: labelSelector, namespaceSelector LabelSelector;
    namespaces, matchLabelKeys, mismatchLabelKeys []string; topologyKey string
PodAntiAffinity: PodAffinity
PodDNSConfig: nameservers, searches []string; options []PodDNSConfigOption
PodDNSConfigOption: name, value string
PodOS: name string
PodReadinessGate: conditionType string
PodResourceClaim: name, resourceClaimName, resourceClaimTemplateName string
PodSchedulingGate: name string
PodSchedulingGroup: podGroupName string
PodSecurityContext: seLinuxOptions SELinuxOptions; windowsOptions WindowsSecurityContextOptions;
    runAsUser, runAsGroup, fsGroup int64; runAsNonRoot bool; supplementalGroups []int64;
    supplementalGroupsPolicy, fsGroupChangePolicy, seLinuxChangePolicy string; sysctls []Sysctl;
    seccompProfile SeccompProfile; appArmorProfile AppArmorProfile
PodSpec: volumes []Volume; initContainers, containers []Container; ephemeralContainers []EphemeralContainer;
    restartPolicy, dnsPolicy, serviceAccountName, serviceAccount, nodeName, hostname, subdomain, schedulerName,
    priorityClassName, runtimeClassName, preemptionPolicy string;
    terminationGracePeriodSeconds, activeDeadlineSeconds int64; nodeSelector map[string]string;
    automountServiceAccountToken, hostNetwork, hostPID, hostIPC, shareProcessNamespace, enableServiceLinks,
    setHostnameAsFQDN, hostUsers bool; securityContext PodSecurityContext; imagePullSecrets []LocalObjectReference;
    affinity Affinity; tolerations []Toleration; hostAliases []HostAlias; priority int32; dnsConfig PodDNSConfig;
    readinessGates []PodReadinessGate; overhead map[string]Quantity;
    topologySpreadConstraints []TopologySpreadConstraint; os PodOS; schedulingGates []PodSchedulingGate;
    resourceClaims []PodResourceClaim; resources ResourceRequirements; hostnameOverride string since 34;
    workloadRef WorkloadReference only 35; schedulingGroup PodSchedulingGroup since 36;
    evictionResponders []EvictionResponder since 37
PodTemplateSpec: metadata ObjectMeta; spec PodSpec
PreferredSchedulingTerm: weight int32; preference NodeSelectorTerm
Sysctl: name, value string
Toleration: key, operator, value, effect string; tolerationSeconds int64
TopologySpreadConstraint: maxSkew, minDomains int32;
    topologyKey, whenUnsatisfiable, nodeAffinityPolicy, nodeTaintsPolicy string; labelSelector LabelSelector;
    matchLabelKeys []string
WeightedPodAffinityTerm: weight int32; podAffinityTerm PodAffinityTerm
WorkloadReference: name, podGroup, podGroupReplicaKey string
"""
